package dev.lamina.data;

import dev.lamina.data.TarGz.Member;
import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.MutableMap;

/**
 * The way data sets come from where their makers publish them. A file takes its place only when it is whole and its
 * SHA-256 digest is the one we know; whatever fails, no part of a file is left.
 */
public final class Fetch {

    /** Hears how a file comes in. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Some more has come.
         *
         * @param file the name of the file
         * @param done bytes so far
         * @param all bytes in all
         */
        void advance(String file, long done, long all);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Fetch() {}

    /** The names of the data sets that can be fetched. */
    public static ImmutableList<String> names() {
        return Origin.ALL.collect(Origin::dataset);
    }

    /**
     * Fetches a data set into its own sub-folder of {@code folder}, where {@link Datasets#open} finds it. Files that are
     * already there and right are kept as they are; wrong ones are replaced.
     *
     * @param name one of {@link #names()}
     * @param folder the folder of all data sets; made if needed
     * @param progress hears, on the calling thread, how it goes
     * @return the data set's sub-folder
     * @throws InputException if there is no such data set, or it cannot be fetched or written; it names the address
     */
    public static Path fetch(String name, Path folder, Progress progress) {
        if (name.equals(DrawnDigits.NAME)) {
            throw InputException.configuration(
                    "data set '" + name + "' is built in",
                    "fetch",
                    "use it as it is; to fetch are " + names().makeString());
        }
        Origin origin = Origin.ALL
                .detectOptional(one -> one.dataset().equals(name))
                .orElseThrow(() -> InputException.configuration(
                        "unknown data set '" + name + "'", "fetch", "to fetch are " + names().makeString()));
        return fetch(origin, folder, progress, PATIENCE);
    }

    /** Fetches from any origin, for tests on a server of their own. */
    static Path fetch(Origin origin, Path folder, Progress progress, Duration patience) {
        Path target = folder.resolve(origin.dataset());
        boolean isNew = !Files.exists(target);
        try (Download download = new Download(patience)) {
            ImmutableList<PublishedFile> missing = origin.files().reject(file -> isThere(file, target));
            if (missing.isEmpty()) {
                origin.archive()
                        .ifPresent(archive ->
                                delete(target.resolve(fetched(archive).name())));
            } else if (origin.archive().isPresent()) {
                fetchArchive(origin, origin.archive().get(), missing, target, download, progress);
            } else {
                missing.forEach(file -> download.get(origin.base().resolve(file.name()), file, target, progress));
            }
            return target;
        } catch (InputException e) {
            if (isNew) {
                deleteIfEmpty(target);
            }
            throw e;
        }
    }

    private static void fetchArchive(
            Origin origin,
            PublishedFile archive,
            ImmutableList<PublishedFile> missing,
            Path target,
            Download download,
            Progress progress) {
        if (isThere(archive, target)) {
            unpack(origin, target.resolve(archive.name()), missing, target, progress);
            return;
        }
        PublishedFile fetched = fetched(archive);
        Path path = target.resolve(fetched.name());
        try {
            if (!isThere(fetched, target)) {
                download.get(
                        origin.base().resolve(archive.name()),
                        fetched,
                        target,
                        (name, done, all) -> progress.advance(archive.name(), done, all));
            }
            unpack(origin, path, missing, target, progress);
        } finally {
            delete(path);
        }
    }

    /** An archive that is ours to delete and not the user's; a fetch that was killed may have left it. */
    private static PublishedFile fetched(PublishedFile archive) {
        return archive.withName("." + archive.name());
    }

    private static void unpack(
            Origin origin, Path archive, ImmutableList<PublishedFile> missing, Path target, Progress progress) {
        MutableMap<String, PublishedFile> wanted = missing.toMap(file -> origin.inside() + file.name(), file -> file);
        try (TarGz tar = new TarGz(archive)) {
            // What is behind the last wanted file is nobody's concern, damaged or not.
            while (wanted.notEmpty()) {
                Member member = tar.next()
                        .orElseThrow(() -> wrongArchive(
                                archive,
                                "the archive does not have " + wanted.keysView().makeString()));
                PublishedFile file = wanted.remove(member.name());
                if (file != null) {
                    unpack(tar, archive, file, target, progress);
                }
            }
        }
    }

    private static void unpack(TarGz tar, Path archive, PublishedFile file, Path target, Progress progress) {
        AtomicFile.write(target.resolve(file.name()), out -> {
            MessageDigest digest = Sha256.digest();
            byte[] buffer = new byte[1 << 16];
            long done = 0;
            for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
                done += n;
                if (done > file.bytes()) {
                    break;
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
                progress.advance(file.name(), done, file.bytes());
            }
            if (done != file.bytes() || !Sha256.hex(digest).equals(file.sha256())) {
                throw wrongArchive(archive, "the archive's " + file.name() + " has not the right digest");
            }
        });
    }

    private static boolean isThere(PublishedFile file, Path folder) {
        try {
            return file.isIn(folder);
        } catch (IOException e) {
            throw InputException.file(
                    "cannot read the file", folder.resolve(file.name()).toString(), "make it readable or delete it", e);
        }
    }

    private static InputException wrongArchive(Path archive, String what) {
        return InputException.file(what, archive.toString(), "fetch the data set again");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw InputException.file("cannot delete the file", file.toString(), "delete it yourself", e);
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Some files came whole; the next fetch goes on from there.
        } catch (IOException e) {
            // The failure that brought us here says more.
        }
    }
}
