package dev.lamina.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, to be killed as {@code kill -9} does; what it says on standard error is kept. */
final class Victim implements AutoCloseable {

    private static final int KILLS = Integer.getInteger("tests.kills", 0);

    private static final int PATIENCE_SECONDS = 120;
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final Path said;

    private Victim(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** How many of a kind are killed: so many in each build, 50 with {@code mvn -Psoak}. */
    static int kills(int inEachBuild) {
        return KILLS > 0 ? KILLS : inEachBuild;
    }

    /** Some time before another. */
    static Duration before(Duration end, Random random) {
        return Duration.ofNanos((long) (random.nextDouble() * end.toNanos()));
    }

    /** Tells the figures of a long trial. */
    static void tell(String format, Object... figures) {
        if (KILLS > 0) {
            System.out.println(String.format(Locale.ROOT, format, figures));
        }
    }

    /** Starts a command, with the compiler that is ready soonest. */
    static Victim start(Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        for (Object word : words) {
            command.add(word.toString());
        }
        Path said = Files.createTempFile("said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile());
        return new Victim(builder.start(), said);
    }

    /** The first line that begins with some words, as soon as it is said; empty if the process ends before. */
    Optional<String> line(String start) throws IOException, InterruptedException {
        while (true) {
            boolean alive = process.isAlive();
            String text = said();
            Optional<String> found = text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> line.startsWith(start))
                    .findFirst();
            if (found.isPresent() || !alive) {
                return found;
            }
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
    }

    String said() throws IOException {
        return Files.readString(said);
    }

    /** Kills it after a while; false if it has ended by itself before. */
    boolean killAfter(Duration time) throws InterruptedException {
        return !process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS) && kill();
    }

    /** Kills it as soon as files have changed so many times; false if it has ended by itself before. */
    boolean killAt(FileChanges changes, int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (changes.seen() < count && System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                return false;
            }
        }
        return kill();
    }

    /** Kills it now; false if it has ended by itself before. */
    boolean kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor() == KILLED;
    }

    /** Asks it to end, as Ctrl-C does. */
    void ask() {
        process.toHandle().destroy();
    }

    /** Waits for its end and says with which status. */
    int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        Files.deleteIfExists(said);
    }
}
