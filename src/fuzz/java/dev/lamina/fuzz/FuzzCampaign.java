package dev.lamina.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/*
 * The fuzzer itself counts seconds that pass. Beside other work it may get a small part of them, so what is counted here is
 * processor time. The fuzzer takes whatever would end it in order for a crash, so it is ended without; what it found is
 * on the disk by then.
 */
/**
 * Fuzzes one target after the other, each in a process of its own with a small heap. What was found before is gone on from.
 *
 * <p>Arguments: the folder to work in, the seconds of processor time for each target, and the targets' names, or none for all. In
 * the folder, {@code <target>/corpus} has the inputs that reach something new, {@code <target>/findings} those that break the
 * property, and {@code <target>/log} what Jazzer says. The exit status is 1 if something was found, or a target did not
 * have its time.
 */
public final class FuzzCampaign {

    private static final int MAX_INPUT = 8 << 10;
    private static final int SECONDS_PER_INPUT = 30;
    private static final String INSTRUMENTED = "dev.lamina.**:com.typesafe.config.**:com.fasterxml.jackson.core.**";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{1,30}");
    /** Memory outside the heap: the JVM's, the fuzzer's and, for checkpoints, PyTorch's. */
    private static final int RESIDENT_MEGABYTES = 1500;

    /** Where Linux keeps files in memory; some parsers read nothing but files. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** The processor time is given up on after so many times as many seconds. */
    private static final int PATIENCE = 20;

    private static final int LOOKS_PER_SECOND = 4;

    private final Path folder;
    private final int seconds;

    private FuzzCampaign(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    /** Runs a campaign. */
    public static void main(String[] args) throws IOException, InterruptedException {
        FuzzCampaign campaign = new FuzzCampaign(Path.of(args[0]), Integer.parseInt(args[1]));
        List<String> names = List.of(args).subList(2, args.length);
        boolean good = true;
        for (String name : names.isEmpty() ? FuzzTargets.names() : names) {
            good &= campaign.fuzz(name);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean fuzz(String name) throws IOException, InterruptedException {
        Path work = folder.resolve(name);
        Path seeds = Files.createDirectories(work.resolve("seeds"));
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        Path findings = Files.createDirectories(work.resolve("findings"));
        Path words = work.resolve("words");
        Path log = work.resolve("log");
        List<byte[]> all = FuzzTargets.named(name).seeds();
        for (int i = 0; i < all.size(); i++) {
            Files.write(seeds.resolve("seed" + i), all.get(i));
        }
        Files.writeString(words, words(all));
        Path scratch = Files.createTempDirectory(Files.isWritable(MEMORY) ? MEMORY : work, "lamina-fuzz");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dfuzz.target=" + name,
                        "-Dfuzz.scratch=" + scratch,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzDriver.class.getName(),
                        "--instrumentation_includes=" + INSTRUMENTED,
                        "--custom_hook_includes=" + INSTRUMENTED,
                        "--instrumentation_excludes=dev.lamina.fuzz.**",
                        "--reproducer_path=" + findings,
                        "-artifact_prefix=" + findings + "/",
                        "-max_total_time=" + (long) PATIENCE * seconds,
                        "-timeout=" + SECONDS_PER_INPUT,
                        "-rss_limit_mb=" + RESIDENT_MEGABYTES,
                        "-max_len=" + MAX_INPUT,
                        "-dict=" + words,
                        "-print_final_stats=1",
                        corpus.toString(),
                        seeds.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long begin = System.nanoTime();
        Duration spent = spend(process);
        delete(scratch);
        FuzzLog said = FuzzLog.read(log);
        boolean hadItsTime = spent.toSeconds() >= seconds;
        boolean found = said.found() || (process.exitValue() != 0 && !hadItsTime);
        System.out.printf(
                "%s: %s; %d s of processor time in %d s%n%s",
                name,
                found ? "FOUND SOMETHING, see " + log : hadItsTime ? "nothing found" : "NOT DONE",
                spent.toSeconds(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                said.summary());
        return hadItsTime && !found;
    }

    /** Waits until a process has had its processor time, and ends it, or until it ends by itself; returns what it has had. */
    private Duration spend(Process process) throws InterruptedException {
        Duration spent = Duration.ZERO;
        while (!process.waitFor(1000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS)) {
            spent = process.info().totalCpuDuration().orElse(spent);
            if (spent.toSeconds() >= seconds) {
                process.destroyForcibly().waitFor();
            }
        }
        return spent;
    }

    /** Jazzer ends the process without giving it time to do so. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The words of the seeds, as libFuzzer's dictionary. */
    private static String words(List<byte[]> seeds) {
        return "# the words of the seeds\n"
                + seeds.stream()
                        .flatMap(seed -> WORD.matcher(new String(seed, StandardCharsets.ISO_8859_1))
                                .results())
                        .map(match -> "\"" + match.group() + "\"\n")
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .limit(1000)
                        .collect(Collectors.joining());
    }
}
