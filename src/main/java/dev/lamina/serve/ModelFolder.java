package dev.lamina.serve;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a server's models: the version that runs and the one before, each in a file {@code
 * model-N.safetensors}, and whatever is just being received. A file has that name only when it is whole and on the
 * disk, so the server goes on with the highest after whatever end. One server has it at a time. For one thread at a
 * time.
 */
public final class ModelFolder implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("model-([1-9][0-9]{0,17})\\.safetensors");
    private static final String INCOMING = "incoming.safetensors";

    private final Path folder;
    private final boolean temporary;
    private final FolderLock lock;

    private ModelFolder(Path folder, boolean temporary, FolderLock lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Opens a folder.
     *
     * @param folder it is made if needed; without one, a temporary folder that is gone with the server
     * @throws InputException if it can not be written, or another server has it
     */
    public static ModelFolder open(Optional<Path> folder) {
        if (folder.isPresent() && Files.exists(folder.get()) && !Files.isDirectory(folder.get())) {
            throw InputException.configuration(
                    "the folder of models is none", folder.get().toString(), "give the path of a folder");
        }
        try {
            if (folder.isEmpty()) {
                return temporary();
            }
            AtomicFile.makeFolder(folder.get());
            FolderLock lock = FolderLock.take(folder.get())
                    .orElseThrow(() -> InputException.configuration(
                            "another server has the folder",
                            folder.get().toString(),
                            "end it, or give --state another"));
            ModelFolder opened = new ModelFolder(folder.get(), false, lock);
            opened.sweep(file -> !NAME.matcher(name(file)).matches());
            return opened;
        } catch (IOException e) {
            throw unusable(folder.orElse(Path.of("a temporary folder")), e);
        }
    }

    private static ModelFolder temporary() throws IOException {
        while (true) {
            Path folder = TemporaryFolder.make(Path.of(System.getProperty("java.io.tmpdir")));
            Optional<FolderLock> lock = FolderLock.take(folder);
            // Before it was locked, another server may have taken it for one left behind.
            if (lock.isPresent()) {
                return new ModelFolder(folder, true, lock.get());
            }
        }
    }

    /**
     * The models, the latest first.
     *
     * @throws InputException if they can not be read
     */
    public List<StoredModel> models() {
        List<StoredModel> models = new ArrayList<>();
        for (Path file : files()) {
            Matcher matcher = NAME.matcher(name(file));
            if (matcher.matches()) {
                models.add(stored(Long.parseLong(matcher.group(1)), file));
            }
        }
        models.sort(Comparator.comparingLong(StoredModel::number).reversed());
        return models;
    }

    /**
     * Copies a model into the folder.
     *
     * @throws InputException if it can not be read or written
     */
    public StoredModel copy(Path source, long number) {
        ModelFile.check(source);
        AtomicFile.write(target(number), out -> Files.copy(source, out));
        return stored(number, target(number));
    }

    /** Receives a model that may become a version; what was received before and did not is gone. */
    Path receive(AtomicFile.Content content) {
        Path incoming = folder.resolve(INCOMING);
        AtomicFile.write(incoming, content);
        return incoming;
    }

    /** Makes what was received a version. */
    StoredModel keep(Path incoming, String sha256, long number) {
        Path target = target(number);
        AtomicFile.rename(incoming, target);
        return new StoredModel(number, sha256, size(target), target);
    }

    /** Forgets all versions but these. */
    void keepOnly(List<StoredModel> models) {
        List<Path> kept = models.stream().map(StoredModel::file).toList();
        sweep(file -> !kept.contains(file));
    }

    /** Gives the folder free; a temporary one is gone. */
    @Override
    public void close() {
        try (lock) {
            if (temporary) {
                TemporaryFolder.delete(folder);
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private Path target(long number) {
        return folder.resolve("model-" + number + ".safetensors");
    }

    private StoredModel stored(long number, Path file) {
        return new StoredModel(number, ModelFile.sha256(file), size(file), file);
    }

    private void sweep(Predicate<Path> unwanted) {
        try {
            for (Path file : files()) {
                if (ours(name(file)) && unwanted.test(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Not the lock, and nothing that a person may have put here. */
    private static boolean ours(String name) {
        String finished = name.startsWith(".") ? name.replaceFirst("^\\.(.*)\\.[0-9a-f-]{36}$", "$1") : name;
        return finished.equals(INCOMING) || NAME.matcher(finished).matches();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw unusable(folder, e);
        } catch (UncheckedIOException e) {
            throw unusable(folder, new IOException(e));
        }
    }

    private long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static InputException unusable(Path folder, IOException e) {
        return InputException.file(
                "cannot use the folder of models",
                folder.toString(),
                "it must be one to read and write (" + Reason.of(e) + ")",
                e);
    }
}
