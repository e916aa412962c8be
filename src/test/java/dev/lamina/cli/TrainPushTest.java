package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.chip.Chip;
import dev.lamina.chip.ChipSettings;
import dev.lamina.chip.ModelVersion;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.serve.ChipServer;
import dev.lamina.serve.ModelFolder;
import dev.lamina.serve.ModelLoader;
import dev.lamina.serve.ServedData;
import dev.lamina.serve.ServerSettings;
import dev.lamina.serve.StoredModel;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that show their models to a server while they go on. */
final class TrainPushTest {

    private static final String RECIPE = """
            { dataset = mnist, epochs = 3, batch = 10, validation { size = 10 }, timesteps = 5
              optimiser { type = adam, learning-rate = 0.01 } }
            """;

    @TempDir
    private Path folder;

    private Path data;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        data = TinyData.mnist(folder);
        config = Files.writeString(
                folder.resolve("tiny.conf"),
                "network {\n" + TinyModels.DEFINITION + "}\ntraining " + RECIPE.replace(", timesteps = 5", "")
                        + "fine-tuning " + RECIPE);
    }

    @Test
    void serverRunsEachEpochsNetworkConverted() throws IOException {
        Path ann = folder.resolve("ann.safetensors");
        CommandRun run = pushing(List.of("train", config, "--out", ann, "--data", data), 4);
        assertTrue(run.out().startsWith(ann + ": 3 epochs, "), run.out());
    }

    @Test
    void serverRunsEachEpochOfFineTuning() throws IOException {
        Path hybrid = folder.resolve("hybrid.safetensors");
        Path snn = TinyModels.spiking(Files.createDirectories(folder.resolve("start")));
        pushing(List.of("finetune", snn, "--recipe", config, "--out", hybrid, "--data", data), 4);
        assertTrue(Files.exists(hybrid));
    }

    @Test
    void fileHoldsTheLastEpochsNetwork() {
        Path pushed = folder.resolve("now.safetensors");
        CommandRun.of("train", config, "--out", folder.resolve("ann.safetensors"), "--data", data, "--push", pushed)
                .assertDone();
        assertTrue(ModelFile.readSpiking(pushed)
                .provenance()
                .history()
                .toString()
                .contains("not yet to the end: until epoch 3"));
    }

    @Test
    void fileThatIsTheTrainingsOwnIsRefused() {
        Path ann = folder.resolve("ann.safetensors");
        CommandRun.of("train", config, "--out", ann, "--data", data, "--push", ann)
                .assertComplaint(2, ann.toString());
    }

    @Test
    void whatLooksLikeAnAddressIsNoFile() {
        for (String wrong : List.of("ftp://here/x", "localhost:8080")) {
            CommandRun.of("train", config, "--out", folder.resolve("ann.safetensors"), "--data", data, "--push", wrong)
                    .assertComplaint(2, "not the address of a server: " + wrong);
        }
    }

    @Test
    void trainingGoesOnWhereNoServerIs() throws IOException {
        Path ann = folder.resolve("ann.safetensors");
        CommandRun run = CommandRun.of(
                        "train", config, "--out", ann, "--data", data, "--push", "http://127.0.0.1:1", "--epochs", 2)
                .assertDone();
        List<String> refusals =
                run.err().lines().filter(line -> line.startsWith("not pushed")).toList();
        assertEquals(2, refusals.size(), run.err());
        Path alone = folder.resolve("alone.safetensors");
        CommandRun.of("train", config, "--out", alone, "--data", data, "--epochs", 2)
                .assertDone();
        assertEquals(ModelFile.sha256(alone), ModelFile.sha256(ann), "who listens changes no bit");
    }

    /** Runs a command beside a server that has the tiny network, until it runs a version. */
    private CommandRun pushing(List<Object> command, int version) throws IOException {
        Path first = TinyModels.spiking(Files.createDirectories(folder.resolve("served")));
        Dataset dataset = Datasets.open("mnist", Split.TEST, Optional.of(data));
        ModelLoader loader = new ModelLoader(Optional.empty(), Arithmetic.FLOAT32, Kernels.fastest());
        try (ModelFolder models = ModelFolder.open(Optional.empty())) {
            StoredModel model = models.copy(first, 1);
            NetworkSynapses network = loader.load(model.file());
            ServerSettings settings = new ServerSettings(
                    "127.0.0.1",
                    0,
                    Optional.empty(),
                    new ServeLimits().limits(ChipSettings.DEFAULT),
                    OptionalInt.empty(),
                    1);
            try (Chip chip = Chip.start(
                            new ModelVersion(1, model.sha256(), network), ChipSettings.DEFAULT, SpikeObserver.NONE);
                    ChipServer server =
                            ChipServer.start(chip, models, loader, new ServedData(dataset, Split.TEST), settings)) {
                CommandRun run = CommandRun.of(Stream.concat(command.stream(), Stream.of("--push", server.address()))
                                .toArray())
                        .assertDone();
                assertTrue(run.err().contains("the server runs it as version " + version + "\n"), run.err());
                assertEquals(version, chip.model().number());
                return run;
            }
        }
    }
}
