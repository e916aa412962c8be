package dev.lamina.serve;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a server that is not given one, among the system's temporary files. It is gone with the server; one that a
 * killed server left, when the next makes its own.
 */
final class TemporaryFolder {

    private static final String PREFIX = "lamina-serve";

    private TemporaryFolder() {}

    /** Makes one in {@code parent}. */
    static Path make(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, PREFIX);
        clear(parent, Files.getOwner(folder));
        return folder;
    }

    /** Deletes such a folder with all files in it. */
    static void delete(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Those whose lock nobody has are nobody's; one without a lock is just being made. */
    private static void clear(Path parent, UserPrincipal owner) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(folder).equals(owner)
                        && Files.exists(folder.resolve(FolderLock.NAME))) {
                    deleteIfLeft(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The next server may have more luck, or the system clears its temporary files itself.
        }
    }

    private static void deleteIfLeft(Path folder) throws IOException {
        Optional<FolderLock> lock = FolderLock.take(folder);
        if (lock.isPresent()) {
            try (FolderLock held = lock.get()) {
                delete(folder);
            }
        }
    }
}
