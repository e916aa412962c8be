package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lamina.data.Encoder;
import dev.lamina.model.ModelFile;
import dev.lamina.network.Conv;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Shape;
import dev.lamina.sim.RandomModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} and {@code push} as commands. */
final class ServeCommandTest {

    private static final Path MODEL = Path.of("models/lenet5-mnist.safetensors");
    private static final String CONFIG = "sim-configs/quickstart.conf";

    @TempDir
    Path folder;

    @Test
    void wrongUsageIsOneLine() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "short");
        CommandRun.of("serve", CONFIG, "--host", "0.0.0.0").assertComplaint(2, "there is no token", "--token-file");
        CommandRun.of("serve", CONFIG, "--port", "65536").assertComplaint(2, "port 65536");
        CommandRun.of("serve", CONFIG, "--max-samples", "0").assertComplaint(2, "--max-samples is 0");
        CommandRun.of("serve", CONFIG, "--token-file", token).assertComplaint(2, "not a token", token.toString());
        CommandRun.of("serve", CONFIG, "--state", token).assertComplaint(2, token.toString(), "folder");
        CommandRun.of("push", MODEL, "--to", "here").assertComplaint(2, "not the address of a server");
        CommandRun.of("push", MODEL, "--to", "http://127.0.0.1:1", "--version-number", "0")
                .assertComplaint(2, "--version-number is 0");
        CommandRun.of("push", folder.resolve("absent"), "--to", "http://127.0.0.1:1")
                .assertComplaint(1, "no such model file");
    }

    @Test
    void aLargeNetworkInASmallFileIsRefusedBeforeItIsLaidOut() throws IOException {
        Network large = Network.of(
                "large",
                new Shape(1, 11_585, 11_585),
                List.of(new Conv("c", 1, 1, 1, 0), new Conv("d", 1, 1, 1, 0), new Conv("out", 1, 1, 1, 0)));
        Path model = folder.resolve("large.safetensors");
        ModelFile.write(
                model, RandomModels.model(large, NeuronModel.INTEGRATE_AND_FIRE, Encoder.POISSON, new Random(1)));
        CommandRun.of("serve", CommandRun.config(folder, model, "drawn-digits", ""))
                .assertComplaint(2, "the model does not fit the data", "11585");
    }

    @Test
    void aServerIsPushedToAndEndsWellWhenItIsAskedTo() throws IOException, InterruptedException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no SIGTERM here");
        Path state = folder.resolve("state");
        Process process = start("serve", CONFIG, "--port", "0", "--state", state.toString());
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.startsWith("serving version 1 of lenet5")) {
                line = said.readLine();
            }
            assertNotNull(line);
            String address = line.replaceFirst(".* at (http://127\\.0\\.0\\.1:[0-9]+);.*", "$1");
            String sha256 = ModelFile.sha256(MODEL);
            assertEquals(
                    "version 2, sha256 " + sha256 + "\n",
                    CommandRun.of("push", MODEL, "--to", address).assertDone().out());
            assertEquals(
                    "version 2, sha256 " + sha256 + " (it was running already)\n",
                    CommandRun.of("push", MODEL, "--to", address).assertDone().out());
            process.toHandle().destroy();
            String rest = said.lines().collect(Collectors.joining("\n"));
            assertEquals(0, process.waitFor(), rest);
            assertTrue(rest.contains("finishing what is in flight"), rest);
            assertFalse(rest.contains("Exception"), rest);
        } finally {
            process.destroyForcibly();
        }
        assertTrue(Files.exists(state.resolve("model-2.safetensors")));
    }

    @Test
    void aSpoiltModelIsSaidWithWhatToGoOnWith() throws IOException {
        Path state = Files.createDirectory(folder.resolve("state"));
        Path last = state.resolve("model-7.safetensors");
        byte[] bytes = Files.readAllBytes(MODEL);
        Files.write(last, Arrays.copyOf(bytes, bytes.length / 2));
        String complaint = "the model served last can not be read: " + last + ": remove it to go on with ";
        CommandRun.of("serve", CONFIG, "--port", "0", "--state", state)
                .assertComplaint(1, complaint + "the configuration's model");
        Files.write(state.resolve("model-6.safetensors"), bytes);
        CommandRun.of("serve", CONFIG, "--port", "0", "--state", state).assertComplaint(1, complaint + "version 6");
        assertTrue(Files.exists(last));
    }

    private static Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
