package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.Seeds;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.SpikeObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that take each other's place while samples stream. */
final class SwapTest {

    private static final int TIMESTEPS = 8;
    private static final long SEED = 5;
    private static final int SAMPLES = 120;

    static LongStream seeds() {
        return Seeds.of(8);
    }

    /** Swaps come from the samples' own source and from layers in the midst of their work; some of these then fail. */
    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void everySampleIsAnsweredOnceAndWhollyByTheVersionItNames(long seed) {
        Random random = new Random(seed);
        SpikingModel model = RandomModels.model(seed);
        Versions versions = new Versions(model, random);
        ChipSettings settings =
                new ChipSettings(1 + random.nextInt(TIMESTEPS), 1 + random.nextInt(6), 1 + random.nextInt(3), 2);
        List<Answer> answers = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger(6);
        Random faults = new Random(seed + 1);
        Map<Integer, Integer> failed = new HashMap<>();
        SpikeObserver observer = (layer, sample, pass, firstTick, spikes) -> {
            boolean swap;
            boolean fail;
            synchronized (faults) {
                swap = faults.nextInt(20) == 0;
                // A sample that fails too often is given up.
                fail = faults.nextInt(200) == 0
                        && failures.getAndDecrement() > 0
                        && failed.merge(sample, 1, Integer::sum) < Clock.MAX_ATTEMPTS;
            }
            if (swap) {
                versions.swap();
            }
            if (fail) {
                throw new IllegalStateException("injected");
            }
        };
        try (Chip chip = Chip.start(versions.first(), settings, observer)) {
            versions.of(chip);
            // Where the machine is busy, a run may be over before the first swaps have arrived.
            do {
                chip.start(new RunOrder(
                                IntStream.range(0, SAMPLES).toArray(),
                                sample -> RandomModels.sample(model, sample),
                                TIMESTEPS,
                                SEED,
                                answers::add))
                        .join();
            } while (versions(answers) <= 3 && answers.size() < 100 * SAMPLES);
        }
        assertArrayEquals(
                IntStream.range(0, answers.size()).map(i -> i % SAMPLES).toArray(),
                answers.stream().mapToInt(answer -> answer.inference().sample()).toArray());
        for (Answer answer : answers) {
            versions.check(answer);
        }
        assertTrue(versions(answers) > 3, "models were swapped");
    }

    private static long versions(List<Answer> answers) {
        return answers.stream().map(Answer::model).distinct().count();
    }

    @Test
    void whatDoesNotFitOrIsNotNewerIsRefusedAndTheRunningModelStays() {
        SpikingModel model = RandomModels.model(2);
        ModelVersion first = version(4, model);
        try (Chip chip = Chip.start(first, ChipSettings.DEFAULT, SpikeObserver.NONE)) {
            refused(chip, version(4, model), "not newer");
            Network network = model.network();
            List<dev.lamina.network.Layer> layers =
                    new ArrayList<>(network.layers().castToList());
            int last = layers.size() - 1;
            layers.set(last, new Linear("other", network.output().size() + 1));
            Network wider = Network.of(network.name(), network.input(), layers);
            SpikingModel unfit = RandomModels.model(wider, model.neuron(), model.encoder(), new Random(1));
            refused(chip, version(5, unfit), "layer 'other'");
            assertEquals(first, chip.model());
        }
    }

    private static void refused(Chip chip, ModelVersion next, String part) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> chip.swap(next))
                .getMessage());
        assertTrue(message.contains(part), message);
    }

    @Test
    void aPoisonSampleIsReportedInItsPlaceAndTheOthersGoOn() {
        SpikingModel model = RandomModels.model(3);
        SpikeObserver poisoned = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == 0 && sample == 2) {
                throw new IllegalStateException("poison");
            }
        };
        List<Integer> told = new ArrayList<>();
        try (Chip chip = Chip.start(version(1, model), ChipSettings.DEFAULT, poisoned)) {
            chip.start(new RunOrder(
                            new int[] {0, 1, 2, 3, 4},
                            sample -> RandomModels.sample(model, sample),
                            TIMESTEPS,
                            SEED,
                            answer -> told.add(answer.inference().sample()),
                            sample -> {
                                assertEquals("poison", sample.cause().getMessage());
                                told.add(-sample.sample());
                            }))
                    .join();
        }
        assertEquals(List.of(0, 1, -2, 3, 4), told);
    }

    private static ModelVersion version(long number, SpikingModel model) {
        return new ModelVersion(number, "", NetworkSynapses.of(model, Kernels.fastest()));
    }

    /** Models of one network with weights of their own, swapped in turn under ever new numbers. */
    private static final class Versions {

        private final List<NetworkSynapses> networks = new ArrayList<>();
        private final Map<String, Inference> expected = new HashMap<>();
        private final SpikingModel model;
        private Chip chip;
        private long number = 1;

        Versions(SpikingModel model, Random random) {
            this.model = model;
            networks.add(NetworkSynapses.of(model, Kernels.fastest()));
            for (int i = 0; i < 4; i++) {
                networks.add(NetworkSynapses.of(
                        RandomModels.model(model.network(), model.neuron(), model.encoder(), random),
                        Kernels.fastest()));
            }
        }

        ModelVersion first() {
            return new ModelVersion(number, "0", networks.get(0));
        }

        synchronized void of(Chip running) {
            chip = running;
        }

        synchronized void swap() {
            if (chip != null) {
                number++;
                int which = (int) (number % networks.size());
                chip.swap(new ModelVersion(number, Integer.toString(which), networks.get(which)));
            }
        }

        void check(Answer answer) {
            String which = answer.model().sha256();
            int sample = answer.inference().sample();
            Inference fresh = expected.computeIfAbsent(
                    which + " " + sample,
                    unused -> new NetworkSimulator(networks.get(Integer.parseInt(which)), TIMESTEPS)
                            .run(RandomModels.sample(model, sample), SEED, sample, TIMESTEPS));
            String context = answer.model() + ", sample " + sample;
            assertArrayEquals(fresh.predictions(), answer.inference().predictions(), context);
            assertArrayEquals(fresh.potentials(), answer.inference().potentials(), context);
            assertEquals(fresh.layers(), answer.inference().layers(), context);
        }
    }
}
