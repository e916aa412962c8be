package dev.lamina.serve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/*
 * Closing any channel to a file frees all of a process's locks on it, so a process must not even try a lock that it holds.
 */
/** The lock of a folder, which one process has at a time; the system frees it, whatever ends the process. */
final class FolderLock implements Closeable {

    /** The name of the file that is locked. */
    static final String NAME = "lock";

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Takes a folder's lock; empty if somebody has it. */
    static Optional<FolderLock> take(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            Path file = real.resolve(NAME);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                // A lock on a file that was deleted meanwhile is worth nothing.
                taken = locked(channel) && Files.exists(file);
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            return taken ? Optional.of(new FolderLock(real, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Gives the folder free. */
    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(folder);
    }
}
