package dev.lamina.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Whole-or-nothing file writing: the content goes to a temporary file beside the target, is forced to the disk, and
 * takes the target's name in one step. Whoever reads the target sees the old content or the new, never a part. A process that
 * is killed meanwhile leaves a file {@code .NAME.UUID} behind, which goes when the target is written next.
 */
public final class AtomicFile {

    private static final int BUFFER = 1 << 16;

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes {@code content} to {@code target}, making its folder if needed.
     *
     * @throws InputException if the disk refuses; the target is then as it was
     */
    public static void write(Path target, Content content) {
        Path whole = target.toAbsolutePath();
        Path folder = folder(target);
        try {
            makeFolder(folder);
            try (TemporaryFile temporary = TemporaryFile.beside(whole)) {
                OutputStream out = stream(temporary.channel());
                content.writeTo(out);
                out.flush();
                temporary.become(whole);
            }
            forceFolder(folder);
        } catch (IOException e) {
            throw refused(target, e);
        }
    }

    /** Whoever writes the content may close the stream; the channel is still needed then. */
    private static OutputStream stream(FileChannel channel) {
        return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER) {
            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /**
     * Gives a file that was written here the name {@code target}, in the same folder, in one step.
     *
     * @throws InputException if the disk refuses; the target is then as it was
     */
    public static void rename(Path file, Path target) {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(folder(target));
        } catch (IOException e) {
            throw refused(target, e);
        }
    }

    /**
     * A name beside {@code target} for a file that is of no use to another process: if this one is killed before it deletes the
     * file, that goes when the target is written next.
     */
    public static Path temporaryName(Path target) {
        return TemporaryFile.name(target);
    }

    /**
     * Makes a folder that is still there after a power cut, and those that it is in; nothing happens if it is there.
     *
     * @throws IOException if the disk refuses
     */
    public static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            makeFolder(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            forceFolder(parent);
        }
    }

    private static Path folder(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || target.getFileName() == null) {
            throw InputException.configuration("not a file name", target.toString(), "give the path of a file");
        }
        return folder;
    }

    private static InputException refused(Path target, IOException e) {
        return InputException.file(
                "cannot write the file",
                target.toString(),
                "free or choose another place (" + Reason.of(e) + "); what was there is unchanged",
                e);
    }

    /** The rename itself is durable only once the folder is; some systems (Windows) can not open a folder. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Nothing is lost but the promise against a power cut.
        }
    }
}
