package dev.lamina.cli;

import dev.lamina.chip.Chip;
import dev.lamina.chip.ModelVersion;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.io.InputException;
import dev.lamina.io.OneLine;
import dev.lamina.model.SpikingModel;
import dev.lamina.serve.ChipServer;
import dev.lamina.serve.ModelFolder;
import dev.lamina.serve.ModelLoader;
import dev.lamina.serve.ServedData;
import dev.lamina.serve.ServerSettings;
import dev.lamina.serve.StoredModel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a chip behind HTTP until Ctrl-C. */
@Command(
        name = "serve",
        description = "Runs a chip behind HTTP until Ctrl-C or SIGTERM: samples in, answers out, and models that are"
                + " swapped while it works. docs/serve.md shows how to ask it.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina serve sim-configs/quickstart.conf --state runs/served")
final class ServeCommand implements Callable<Integer> {

    /** Shorter than {@link Interruption} waits for a command. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final int FIRST_VERSION = 1;

    @Parameters(paramLabel = "SIM.conf", description = "model, data set and chip: a file of sim-configs/")
    Path file;

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Mixin
    ServeLimits limits;

    @Mixin
    TokenOption token;

    @Option(names = "--port", paramLabel = "PORT", description = "the port; 0 for any (default: ${DEFAULT-VALUE})")
    int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "the address to listen at; one that other machines reach needs a token (default:"
                    + " ${DEFAULT-VALUE})")
    String host = "127.0.0.1";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "keep the models that are pushed here, and go on with the last one")
    Optional<Path> state = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        SimulationConfig config = SimulationConfig.read(file);
        ServerSettings settings = new ServerSettings(
                host, port, token.token(), limits.limits(config.chip()), config.timesteps(), config.seed());
        ModelLoader loader = new ModelLoader(config.encoder(), config.arithmetic(), Kernels.fastest());
        try (ModelFolder folder = ModelFolder.open(state)) {
            List<StoredModel> kept = folder.models();
            StoredModel model = kept.isEmpty() ? folder.copy(config.model(), FIRST_VERSION) : kept.get(0);
            String source = model.file().toString();
            SpikingModel spiking = kept.isEmpty() ? loader.read(model.file()) : kept(loader, kept);
            Dataset dataset = dataset(config);
            Simulation.check(spiking, source, dataset);
            NetworkSynapses network = loader.lay(spiking, source);
            try (Chip chip = Chip.start(
                            new ModelVersion(model.number(), model.sha256(), network),
                            config.chip(),
                            SpikeObserver.NONE);
                    ChipServer server =
                            ChipServer.start(chip, folder, loader, new ServedData(dataset, config.split()), settings)) {
                Say.line(
                        "serving version %d of %s (%s)%s at %s; Ctrl-C ends it",
                        model.number(),
                        OneLine.of(spiking.network().name()),
                        model.sha256(),
                        kept.isEmpty() ? "" : ", kept in " + state.get() + ",",
                        server.address());
                awaitInterruption(chip);
                Say.line("finishing what is in flight");
                server.drain(PATIENCE);
            }
        }
        return 0;
    }

    /**
     * The model that was served last. If the disk has spoilt it the user decides what to go on with, for another would answer in its name.
     */
    private static SpikingModel kept(ModelLoader loader, List<StoredModel> kept) {
        Path last = kept.get(0).file();
        try {
            return loader.read(last);
        } catch (InputException e) {
            throw InputException.file(
                    "the model served last can not be read",
                    last.toString(),
                    "remove it to go on with "
                            + (kept.size() > 1 ? "version " + kept.get(1).number() : "the configuration's model") + " ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    private Dataset dataset(SimulationConfig config) {
        Dataset whole = Datasets.open(config.dataset(), config.split(), data.folder);
        return whole.slice(0, Math.min(config.limit().orElse(whole.size()), whole.size()));
    }

    /** Whoever watches over the server can start it anew when it ends; one that runs without its chip helps nobody. */
    private static void awaitInterruption(Chip chip) throws InterruptedException {
        Interruption.isTheOrdinaryEnd();
        CountDownLatch asked = new CountDownLatch(1);
        try (Interruption.Listener listener = Interruption.listen(asked::countDown)) {
            while (!asked.await(1, TimeUnit.SECONDS)) {
                if (!chip.running()) {
                    throw InputException.file("the chip has ended", "serve", "its log says why; start the server anew");
                }
            }
        }
    }
}
