package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.model.SpikingModel;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A chip that is never left in peace: models are swapped and actors killed at random moments while samples stream. As many of
 * both as {@code -Dtests.soak} says; {@code mvn -Psoak test -Dtest=SoakTest} makes 2,000 of each.
 */
final class SoakTest {

    private static final int DISTURBANCES = Integer.getInteger("tests.soak", 40);
    private static final int SAMPLES_IN_A_RUN = 200;
    private static final int TIMESTEPS = 10;
    private static final long SEED = 3;
    private static final int MODELS = 5;

    private final SpikingModel model = RandomModels.model(12);
    private final List<NetworkSynapses> networks = new ArrayList<>();
    private final Map<String, Inference> expected = new HashMap<>();
    private final AtomicInteger swaps = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    /** A sample that is killed too often would be given up. */
    private final Map<Integer, Integer> killed = new ConcurrentHashMap<>();

    private final Random random = new Random(17);

    @Test
    void everySampleIsAnsweredOnceAndRightlyWhateverHappens() {
        networks.add(NetworkSynapses.of(model, Kernels.fastest()));
        while (networks.size() < MODELS) {
            networks.add(NetworkSynapses.of(
                    RandomModels.model(model.network(), model.neuron(), model.encoder(), random), Kernels.fastest()));
        }
        Chip[] running = new Chip[1];
        SpikeObserver observer = (layer, sample, pass, firstTick, spikes) -> disturb(running[0], sample);
        ModelVersion first = new ModelVersion(1, "0", networks.get(0));
        try (Chip chip = Chip.start(first, new ChipSettings(2, 6, 2, 2), observer)) {
            running[0] = chip;
            int runs = 0;
            while (swaps.get() < DISTURBANCES || kills.get() < DISTURBANCES) {
                killed.clear();
                stream(chip);
                assertTrue(++runs < 100 + 10 * DISTURBANCES, "too few disturbances");
            }
        }
    }

    private void stream(Chip chip) {
        int[] samples = IntStream.range(0, SAMPLES_IN_A_RUN).toArray();
        List<Answer> answers = new ArrayList<>();
        chip.start(new RunOrder(samples, sample -> RandomModels.sample(model, sample), TIMESTEPS, SEED, answers::add))
                .join();
        assertArrayEquals(
                samples,
                answers.stream().mapToInt(answer -> answer.inference().sample()).toArray());
        answers.forEach(this::check);
    }

    private void disturb(Chip chip, int sample) {
        int dice;
        synchronized (random) {
            dice = random.nextInt(400);
        }
        if (dice == 0) {
            swap(chip);
        } else if (dice == 1 && killed.merge(sample, 1, Integer::sum) < Clock.MAX_ATTEMPTS) {
            kills.incrementAndGet();
            throw new IllegalStateException("killed");
        }
    }

    private synchronized void swap(Chip chip) {
        int number = swaps.incrementAndGet() + 1;
        int which = number % MODELS;
        chip.swap(new ModelVersion(number, Integer.toString(which), networks.get(which)));
    }

    private void check(Answer answer) {
        Inference actual = answer.inference();
        String which = answer.model().sha256();
        Inference fresh = expected.computeIfAbsent(
                which + " " + actual.sample(),
                unused -> new NetworkSimulator(networks.get(Integer.parseInt(which)), 4)
                        .run(RandomModels.sample(model, actual.sample()), SEED, actual.sample(), TIMESTEPS));
        String context = answer.model() + ", sample " + actual.sample();
        assertArrayEquals(fresh.predictions(), actual.predictions(), context);
        assertArrayEquals(fresh.potentials(), actual.potentials(), context);
        assertEquals(fresh.layers(), actual.layers(), context);
    }
}
