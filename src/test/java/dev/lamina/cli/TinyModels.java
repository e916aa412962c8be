package dev.lamina.cli;

import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.Settings;
import dev.lamina.model.AnnModel;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.model.Population;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.NeuronModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.eclipse.collections.api.factory.Lists;

/** Models of a few hundred weights, in files, whole and damaged. */
final class TinyModels {

    /** Fits the drawn digits and MNIST. */
    static final String DEFINITION = """
            name = tiny, input { channels = 1, height = 28, width = 28 }
            layers = [
              { type = average-pool, name = pool, kernel = 4 }
              { type = flatten, name = flat }
              { type = linear, name = hidden, outputs = 8 }
              { type = linear, name = out, outputs = 10 }
            ]
            """;

    private static final float THRESHOLD = 0.123456f;

    private TinyModels() {}

    static Path ann(Path folder) {
        return write(folder.resolve("ann.safetensors"), annModel(network(DEFINITION)));
    }

    static Path spiking(Path folder) {
        return spiking(folder, DEFINITION);
    }

    static Path spiking(Path folder, String definition) {
        AnnModel ann = annModel(network(definition));
        return write(
                folder.resolve("snn.safetensors"),
                new SpikingModel(
                        ann.network(),
                        ann.weights(),
                        NeuronModel.INTEGRATE_AND_FIRE,
                        Lists.immutable.of(Population.ofThreshold(THRESHOLD, 8), Population.READOUT),
                        Encoder.POISSON,
                        Preprocessing.NONE,
                        5,
                        ann.provenance()));
    }

    /** A spiking model whose file has {@code threshold} in the place of every threshold. */
    static Path withThreshold(Path folder, float threshold) throws IOException {
        Path file = spiking(folder);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int replaced = 0;
        for (int i = dataStart(buffer); i + Float.BYTES <= bytes.length; i += Float.BYTES) {
            if (buffer.getFloat(i) == THRESHOLD) {
                buffer.putFloat(i, threshold);
                replaced++;
            }
        }
        if (replaced == 0) {
            throw new AssertionError("no threshold in the file");
        }
        return Files.write(file, bytes);
    }

    /** A spiking model whose file's first value is not a number. */
    static Path withNaN(Path folder) throws IOException {
        Path file = spiking(folder);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = dataStart(buffer); i + Float.BYTES <= bytes.length; i += Float.BYTES) {
            if (buffer.getFloat(i) != THRESHOLD) {
                buffer.putFloat(i, Float.NaN);
                break;
            }
        }
        return Files.write(file, bytes);
    }

    private static int dataStart(ByteBuffer file) {
        return Long.BYTES + (int) file.getLong(0);
    }

    static Network network(String definition) {
        return Network.parse(Settings.parse(definition, "tiny"));
    }

    static AnnModel annModel(Network network) {
        Random random = new Random(1);
        return new AnnModel(
                network,
                Weights.of(network, network.projections().collect(projection -> {
                    float[] weights = new float[projection.weights()];
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] = (float) random.nextGaussian() / 4;
                    }
                    return weights;
                })),
                Preprocessing.NONE,
                Provenance.of("drawn-digits", 1, "drawn from a hat"));
    }

    private static Path write(Path file, Model model) {
        ModelFile.write(file, model);
        return file;
    }
}
