package dev.lamina.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void writesANewFileAndItsFolders() throws IOException {
        Path target = folder.resolve("a/b/c");
        AtomicFile.write(target, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
        assertEquals("new", Files.readString(target));
        assertEquals(List.of("c"), names(target.resolveSibling("")));
    }

    @Test
    void replacesAnOldFile() throws IOException {
        Path target = Files.writeString(folder.resolve("f"), "old and longer");
        AtomicFile.write(target, out -> {
            out.write("new".getBytes(StandardCharsets.UTF_8));
            out.close();
            assertEquals("old and longer", Files.readString(target));
        });
        assertEquals("new", Files.readString(target));
        assertEquals(List.of("f"), names(folder));
    }

    @Test
    void whatWasWrittenTakesAnotherName() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "new");
        Path target = Files.writeString(folder.resolve("g"), "old");
        AtomicFile.rename(file, target);
        assertEquals("new", Files.readString(target));
        assertEquals(List.of("g"), names(folder));
    }

    @Test
    void whatAKilledProcessLeftIsClearedAndNothingElse() throws IOException {
        Path target = folder.resolve("f");
        Files.writeString(AtomicFile.temporaryName(target), "half");
        Path other = Files.writeString(AtomicFile.temporaryName(folder.resolve("g")), "half");
        Path similar = Files.writeString(folder.resolve(".f.txt"), "a person's own");
        AtomicFile.write(target, first -> {
            first.write(1);
            // Another thread's, still being written, is not left behind.
            AtomicFile.write(target, second -> second.write(2));
            assertEquals(4, names(folder).size(), names(folder).toString());
        });
        assertEquals(
                Stream.of(
                                "f",
                                other.getFileName().toString(),
                                similar.getFileName().toString())
                        .sorted()
                        .toList(),
                names(folder));
    }

    @Test
    void whatAnotherProcessStillWritesIsNotCleared() throws Exception {
        Path target = folder.resolve("f");
        Path held = AtomicFile.temporaryName(target);
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        held.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals('!', holder.getInputStream().read());
            AtomicFile.write(target, out -> out.write(1));
            assertTrue(Files.exists(held));
        } finally {
            holder.destroyForcibly().waitFor();
        }
        AtomicFile.write(target, out -> out.write(1));
        assertEquals(List.of("f"), names(folder));
    }

    /** A process that writes a file, until it is killed. */
    static final class Holder {
        public static void main(String[] words) throws IOException {
            try (FileChannel file =
                    FileChannel.open(Path.of(words[0]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                file.lock();
                System.out.write('!');
                System.out.flush();
                System.in.read();
            }
        }
    }

    @Test
    void writerThatFailsHalfWayLeavesTheOldContentAlone() throws IOException {
        Path target = Files.writeString(folder.resolve("f"), "old");
        InputException e = assertThrows(
                InputException.class,
                () -> AtomicFile.write(target, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("disk full");
                }));
        assertEquals(InputException.Kind.FILE, e.kind());
        assertTrue(e.getMessage().startsWith("cannot write the file: " + target), e.getMessage());
        assertTrue(e.getMessage().contains("disk full"), e.getMessage());
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("f"), names(folder));
    }

    @Test
    void otherFailuresOfTheWriterPassAsTheyAre() throws IOException {
        Path target = folder.resolve("f");
        IllegalStateException failure = new IllegalStateException("bug");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> AtomicFile.write(target, out -> {
                            out.write(1);
                            throw failure;
                        })));
        assertEquals(List.of(), names(folder));
    }

    @Test
    void placeWhereNothingCanBeWrittenIsOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path directory = Files.createDirectories(folder.resolve("directory/full"));
        for (Path target : List.of(file.resolve("below"), directory.getParent(), Path.of("/"))) {
            InputException e = assertThrows(InputException.class, () -> AtomicFile.write(target, out -> out.write(1)));
            assertTrue(e.getMessage().contains(target.toString()), e.getMessage());
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
        }
        assertEquals(List.of("directory", "file"), names(folder));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
