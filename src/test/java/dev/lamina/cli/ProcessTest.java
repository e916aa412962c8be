package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program in a process of its own, for what can only be seen from outside. */
final class ProcessTest {

    private static final File FULL = new File("/dev/full");

    @Test
    void exitStatusIsTheCommands() throws IOException, InterruptedException {
        Process done = start(List.of(), ProcessBuilder.Redirect.PIPE, "inspect", "models/lenet5-digits.safetensors");
        assertTrue(text(done).contains("lenet5, a spiking network"));
        assertEquals(0, done.waitFor());
        Process wrong = start(List.of(), ProcessBuilder.Redirect.DISCARD, "frob");
        assertTrue(error(wrong).contains("lamina: unknown command 'frob': "));
        assertEquals(2, wrong.waitFor());
    }

    @Test
    void resultsThatAreLostAreAFailure() throws IOException, InterruptedException {
        assumeTrue(FULL.exists(), "no " + FULL + " here");
        Process process = start(List.of(), ProcessBuilder.Redirect.to(FULL), "--version");
        assertTrue(error(process).contains("lamina: cannot write the results: standard output: "));
        assertEquals(1, process.waitFor());
    }

    @Test
    void outOfMemoryIsOneLineToo() throws IOException, InterruptedException {
        Process process = start(
                List.of("-Xmx24m"),
                ProcessBuilder.Redirect.DISCARD,
                "convert",
                "models/lenet5-digits.safetensors",
                "--balance-timesteps",
                "1");
        String error = error(process);
        assertEquals(
                1, error.lines().filter(line -> !line.startsWith("WARNING: ")).count(), error);
        assertTrue(error.contains("lamina: out of memory: "), error);
        assertEquals(1, process.waitFor());
    }

    private static Process start(List<String> options, ProcessBuilder.Redirect out, String... words)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectOutput(out).start();
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String error(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
