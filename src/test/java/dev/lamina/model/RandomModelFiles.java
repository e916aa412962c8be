package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.data.Preprocessing;
import dev.lamina.io.OneLine;
import dev.lamina.network.Network;
import dev.lamina.sim.RandomModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.collections.api.factory.Lists;

/** Random models with everything that a file can hold, their bytes, and the comparison of two models. */
final class RandomModelFiles {

    private static final List<String> WORDS = List.of(
            "MNIST",
            "",
            "é",
            "😀",
            "\"",
            "\\",
            "\u0000",
            "\t",
            "\f",
            "\u2028",
            "${x}",
            "+=",
            "{",
            "include",
            "lamina.seed",
            " ");

    private RandomModelFiles() {}

    /** A spiking model drawn from a seed. */
    static SpikingModel spiking(long seed) {
        SpikingModel model = RandomModels.model(seed);
        Random random = new Random(~seed);
        return new SpikingModel(
                Network.of(
                        "n" + OneLine.of(text(random)),
                        model.network().input(),
                        model.network().layers()),
                model.weights(),
                model.neuron(),
                model.populations(),
                model.encoder(),
                new Preprocessing(random.nextInt(5), random.nextFloat(), 0.1f + random.nextFloat()),
                1 + random.nextInt(random.nextBoolean() ? 10 : Integer.MAX_VALUE - 1),
                provenance(random));
    }

    /** An ordinary network drawn from a seed. */
    static AnnModel ann(long seed) {
        SpikingModel model = spiking(seed);
        return new AnnModel(model.network(), model.weights(), model.preprocessing(), model.provenance());
    }

    /** The file that a model is written as. */
    static byte[] bytes(Model model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ModelFile.write(out, model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static void assertEqualModels(Model expected, Model actual) {
        assertEquals(expected.getClass(), actual.getClass());
        assertEquals(expected.network(), actual.network());
        assertEquals(expected.preprocessing(), actual.preprocessing());
        assertEquals(expected.provenance(), actual.provenance());
        assertEquals(expected.weights().size(), actual.weights().size());
        for (int i = 0; i < expected.weights().size(); i++) {
            assertArrayEquals(expected.weights().tensor(i), actual.weights().tensor(i));
        }
        if (expected instanceof SpikingModel one && actual instanceof SpikingModel other) {
            assertEquals(one.neuron(), other.neuron());
            assertEquals(one.encoder(), other.encoder());
            assertEquals(one.timesteps(), other.timesteps());
            assertEquals(one.populations().size(), other.populations().size());
            for (int i = 0; i < one.populations().size(); i++) {
                Population population = one.populations().get(i);
                assertArrayEquals(
                        population.thresholds(), other.populations().get(i).thresholds());
                assertArrayEquals(population.bias(), other.populations().get(i).bias());
                assertArrayEquals(
                        population.initialPotential(),
                        other.populations().get(i).initialPotential());
            }
        }
    }

    private static Provenance provenance(Random random) {
        return new Provenance(
                text(random),
                random.nextLong(),
                Lists.immutable.ofAll(IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> text(random))
                        .toList()),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Conversion(
                                random.nextDouble(),
                                100 * random.nextDouble(),
                                random.nextInt(),
                                random.nextInt(Integer.MAX_VALUE))),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new ValidationSplit(
                                1 + random.nextInt(Integer.MAX_VALUE),
                                random.nextBoolean() ? ValidationSplit.Draw.END : ValidationSplit.Draw.SEEDED,
                                random.nextLong())));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }
}
