package dev.lamina.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.io.InputException;
import dev.lamina.network.Network;
import dev.lamina.sim.RandomModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording's file: where it can not be written, what a failure leaves, and NumPy's opinion. */
final class SpikeRecordingFileTest {

    @TempDir
    private Path folder;

    @Test
    void unknownPopulationIsOneLineWithTheNames() throws IOException {
        Network network = RandomModels.model(5).network();
        String readout = network.projections().getLast().name();
        InputException e = assertThrows(
                InputException.class,
                () -> SpikeRecording.open(folder.resolve("r.npz"), network, List.of("input", readout), sample -> true));
        assertEquals(
                "no such population to record: " + readout + ": give some of "
                        + String.join(", ", SpikeRecording.populations(network)),
                e.getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void placeThatCanNotBeWrittenIsOneLine() throws IOException {
        Network network = RandomModels.model(5).network();
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path target : List.of(folder, file.resolve("below"), Path.of("/"))) {
            InputException e = assertThrows(
                    InputException.class, () -> SpikeRecording.open(target, network, List.of(), sample -> true));
            assertTrue(e.getMessage().startsWith("cannot record spikes: " + target + ": "), e.getMessage());
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
        }
        assertEquals(List.of("file"), names());
    }

    @Test
    void diskThatRefusesLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("r.npz"), "old");
        RecordedRun run = RecordedRun.of(5, 0);
        SpikeRecording recording = SpikeRecording.open(file, run.network(), List.of(), sample -> true);
        // The channel of an interrupted thread closes under it.
        Thread.currentThread().interrupt();
        InputException e = assertThrows(InputException.class, () -> {
            while (true) {
                recording.add(run.spikes().get(0));
            }
        });
        assertTrue(Thread.interrupted());
        assertTrue(e.getMessage().startsWith("cannot record spikes: " + file + ": "), e.getMessage());
        recording.close();
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("r.npz"), names());
    }

    @Test
    void abandonedRecordingLeavesNothing() throws IOException {
        RecordedRun run = RecordedRun.of(5, 0);
        SpikeRecording recording =
                SpikeRecording.open(folder.resolve("r.npz"), run.network(), List.of(), sample -> true);
        recording.add(run.spikes().get(0));
        recording.abandon();
        recording.close();
        assertEquals(List.of(), names());
    }

    @Test
    void numpyReadsIt() throws IOException, InterruptedException {
        assumeTrue(python("import numpy").isPresent(), "no python3 with numpy");
        RecordedRun run = RecordedRun.of(5, 0, 1);
        Path file = folder.resolve("r.npz");
        run.record(file, List.of());
        Map<String, NpzFile.Array> arrays = NpzFile.read(file);
        String said = python("""
                import sys, numpy as np
                r = np.load(sys.argv[1])
                print(*[f"{name}:{r[name].dtype}" for name in r.files])
                print(r["sample"].sum(), r["tick"].sum(), r["layer"].sum(), r["neuron"].sum(), (r["payload"] != 0).sum())
                print(*r["layer_names"])
                """, file.toString()).orElseThrow();
        int width = SpikeRecording.populations(run.network()).stream()
                .mapToInt(String::length)
                .max()
                .orElseThrow();
        assertEquals(
                "sample:int32 tick:int32 layer:int16 neuron:int32 payload:float32 layer_names:<U" + width
                        + " layer_shapes:int32\n"
                        + Stream.of("sample", "tick", "layer", "neuron")
                                .map(name ->
                                        IntStream.of(arrays.get(name).ints()).sum() + " ")
                                .reduce("", String::concat)
                        + arrays.get("payload").floats().length
                        + "\n" + String.join(" ", SpikeRecording.populations(run.network())) + "\n",
                said);
    }

    private static Optional<String> python(String program, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", program));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
