package dev.lamina.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How often files in some folders were made, written to, renamed or deleted: what moments to kill at are counted by. */
final class FileChanges implements AutoCloseable {

    private final WatchService watch;
    private final long begin = System.nanoTime();
    private Duration untilFirst = Duration.ZERO;
    private int seen;

    FileChanges(Path... folders) throws IOException {
        watch = folders[0].getFileSystem().newWatchService();
        for (Path folder : folders) {
            folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        }
    }

    /** The changes so far; waits a little for the next one. */
    int seen() throws InterruptedException {
        WatchKey key = watch.poll(20, TimeUnit.MILLISECONDS);
        if (key != null && seen == 0) {
            untilFirst = Duration.ofNanos(System.nanoTime() - begin);
        }
        while (key != null) {
            seen += key.pollEvents().stream().mapToInt(WatchEvent::count).sum();
            key.reset();
            key = watch.poll();
        }
        return seen;
    }

    /** How long the first change was in coming; zero if there was none. */
    Duration untilFirst() {
        return untilFirst;
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }

    /** The names of the files in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Copies the files of a folder over those of another, which is made if needed. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : names(from)) {
            Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether a name is that of a file that was being written for another. */
    static boolean temporary(String name) {
        int end = name.length() - UUID.randomUUID().toString().length();
        return end > 2 && name.charAt(0) == '.' && name.charAt(end - 1) == '.';
    }
}
