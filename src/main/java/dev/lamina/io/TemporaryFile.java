package dev.lamina.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/*
 * Whoever writes such a file holds a lock on it, which the system gives free when he is killed: a file that can be locked is
 * nobody's any more. Locks are between processes; a process knows its own files by name, and never opens them a second time,
 * for that would lose the lock.
 */
/**
 * A file that is to take another's place: of a name of its own beside it, locked, and gone when closed. What a killed process
 * left of the kind is cleared by the next that is made for the same place. For one thread.
 */
@SuppressWarnings("try") // A lock acts by being held.
final class TemporaryFile implements Closeable {

    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    /** Whether another process holds the lock. */
    private final boolean contested;

    private TemporaryFile(Path path, FileChannel channel, boolean contested) {
        this.path = path;
        this.channel = channel;
        this.contested = contested;
    }

    /** An empty file that is to become {@code target}, an absolute path in a folder that exists. */
    static TemporaryFile beside(Path target) throws IOException {
        clear(target);
        while (true) {
            TemporaryFile made = make(name(target));
            // Between its making and its locking, another process may have taken it for one left behind, or be about
            // to.
            if (!made.contested && Files.exists(made.path)) {
                return made;
            }
            made.close();
        }
    }

    private static TemporaryFile make(Path path) throws IOException {
        OURS.add(path);
        try {
            // Not createTempFile: that makes the file private, and the rename would keep it so.
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new TemporaryFile(path, channel, !lock(channel));
        } catch (IOException e) {
            OURS.remove(path);
            throw e;
        }
    }

    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            // Where there are no locks, nobody can tell what was left behind, and so nobody clears it.
            return true;
        }
    }

    /** A name that no other file has, by which {@link #clear} knows it again. */
    static Path name(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    }

    private static void clear(Path target) {
        String start = "." + target.getFileName() + ".";
        DirectoryStream.Filter<Path> wanted = file -> {
            String name = String.valueOf(file.getFileName());
            return name.startsWith(start) && name.substring(start.length()).matches("[0-9a-f-]{36}");
        };
        try (DirectoryStream<Path> left = Files.newDirectoryStream(target.resolveSibling(""), wanted)) {
            for (Path file : left) {
                if (!OURS.contains(file)) {
                    deleteIfLeft(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They are in nobody's way.
        }
    }

    private static void deleteIfLeft(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException e) {
            // Ours after all, by another path.
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** Takes the place of {@code target}, with all that was written. */
    void become(Path target) throws IOException {
        channel.force(true);
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        } finally {
            OURS.remove(path);
        }
    }
}
