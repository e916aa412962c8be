package dev.lamina.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * Looked at now and then, since notifications of the file system do not come from network drives, and come in the midst
 * of a copy elsewhere.
 */
/** A file that somebody else writes anew. Not thread-safe. */
final class WatchedFile {

    /** What tells one state of the file from another without reading it. */
    private record Look(
            FileTime modified, long size, @Nullable Object key) {}

    private final Path path;
    private Optional<Look> last;
    private Optional<Look> taken;

    /** From now on, {@code path} is watched; it need not be there. */
    WatchedFile(Path path) {
        this.path = path;
        last = look();
        taken = last;
    }

    /**
     * Whether the file is another one than when this was last true, or when the watch began, and has not changed since
     * this was last asked: who copies a file takes a while.
     */
    boolean changed() {
        Optional<Look> now = look();
        boolean settled = now.equals(last);
        last = now;
        if (!settled || now.isEmpty() || now.equals(taken)) {
            return false;
        }
        taken = now;
        return true;
    }

    private Optional<Look> look() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException e) {
            // Not there, or not now.
            return Optional.empty();
        }
    }
}
