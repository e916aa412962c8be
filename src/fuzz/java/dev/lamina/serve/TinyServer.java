package dev.lamina.serve;

import dev.lamina.chip.Chip;
import dev.lamina.chip.ChipSettings;
import dev.lamina.chip.ModelVersion;
import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.data.Split;
import dev.lamina.fuzz.Scratch;
import dev.lamina.io.Settings;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.SpikeObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** What a server of a very small network has, but for the network's end of it. It lives as long as the process. */
final class TinyServer {

    /** A network of 48 weights, for samples of 4 values. */
    static final String NETWORK = """
            name = tiny, input { channels = 1, height = 2, width = 2 }
            layers = [
              { type = conv, name = c, channels = 3, kernel = 2, padding = 1 }
              { type = flatten, name = flat }
              { type = linear, name = out, outputs = 2 }
            ]
            """;

    static final int MAX_TIMESTEPS = 3;
    static final int MAX_SAMPLES = 1024;
    static final ServedData DATA = new ServedData(
            new Dataset("five", Network.parse(Settings.parse(NETWORK, "tiny")).input(), 2, new byte[20], new byte[5]),
            Split.TEST);

    private static final Limits LIMITS = new Limits(
            1 << 16, 1 << 16, 4, MAX_SAMPLES, 2, MAX_TIMESTEPS, Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final ModelFolder folder;
    private final ModelLoader loader;
    private final Chip chip;

    /** A server that computes in these numbers. */
    TinyServer(Arithmetic arithmetic) throws IOException {
        Scratch scratch = new Scratch();
        folder = ModelFolder.open(Optional.of(scratch.folder()));
        StoredModel stored = folder.copy(scratch.file("tiny", model(0.5f)), 1);
        loader = new ModelLoader(Optional.empty(), arithmetic, Kernels.fastest());
        chip = Chip.start(
                new ModelVersion(stored.number(), stored.sha256(), loader.load(stored.file())),
                new ChipSettings(2, 2, 1, 1),
                SpikeObserver.NONE);
    }

    /** The file of a model of the network, all its weights the same. */
    static byte[] model(float weight) {
        return file(model(NETWORK, weight));
    }

    static SpikingModel model(String definition, float weight) {
        Network network = Network.parse(Settings.parse(definition, "tiny"));
        return new SpikingModel(
                network,
                Weights.of(network, network.projections().collect(projection -> {
                    float[] weights = new float[projection.weights()];
                    Arrays.fill(weights, weight);
                    return weights;
                })),
                NeuronModel.INTEGRATE_AND_FIRE,
                network.projections()
                        .collect(projection -> projection.equals(
                                        network.projections().getLast())
                                ? Population.READOUT
                                : Population.ofThreshold(1, projection.target().channels())),
                Encoder.POISSON,
                Preprocessing.NONE,
                MAX_TIMESTEPS,
                Provenance.of("five", 1));
    }

    static byte[] file(Model model) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ModelFile.write(file, model);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file.toByteArray();
    }

    Chip chip() {
        return chip;
    }

    ModelShelf shelf() {
        return new ModelShelf(chip, folder, loader, folder.models());
    }

    FrontDoor door(Optional<Token> token) {
        return ChipServer.door(
                chip,
                folder,
                loader,
                DATA,
                new ServerSettings("127.0.0.1", 0, token, LIMITS, OptionalInt.empty(), 1),
                new InFlight(LIMITS.requests()));
    }
}
