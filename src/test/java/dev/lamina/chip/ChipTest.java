package dev.lamina.chip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.activity.SpikeCollector;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import dev.lamina.sim.ReferenceSimulator;
import dev.lamina.sim.SpikeObserver;
import dev.lamina.sim.SpikeTrains;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chip as a whole: whatever its settings and whatever fails in it, it gives what the reference gives. */
class ChipTest {

    private static final int TIMESTEPS = 7;
    private static final long SEED = 11;
    private static final int[] SAMPLES = {0, 1, 2, 3, 4};

    @ParameterizedTest(name = "rerun with model {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void equalsTheReferenceForEverySetting(long modelSeed) {
        SpikingModel model = RandomModels.model(modelSeed);
        List<ReferenceSimulator.Run> expected = references(model);
        for (Kernel kernel : List.of(Kernels.scalar(), Kernels.fastest())) {
            for (ChipSettings settings : everySetting()) {
                SpikeTrains trains = new SpikeTrains();
                List<Inference> results =
                        run(NetworkSynapses.of(model, kernel), settings, trains, order(model, SAMPLES, r -> {}));
                assertEquals(SAMPLES.length, results.size());
                for (Inference result : results) {
                    trains.assertEqualTo(
                            expected.get(result.sample()),
                            result,
                            "model " + modelSeed + ", kernel " + kernel.name() + ", " + settings + ", sample "
                                    + result.sample());
                }
            }
        }
    }

    private static List<ChipSettings> everySetting() {
        List<ChipSettings> every = new ArrayList<>();
        for (int pipelines = 1; pipelines <= 4; pipelines++) {
            every.add(new ChipSettings(1, 1, pipelines, 1));
            every.add(new ChipSettings(1, 5, pipelines, 2));
            every.add(new ChipSettings(3, 2, pipelines, 4));
            every.add(new ChipSettings(TIMESTEPS, 3, pipelines, 2));
        }
        return every;
    }

    @Test
    void severalChipsInOneProcessDoNotDisturbEachOther() {
        List<Chip> chips = new ArrayList<>();
        List<SpikeTrains> trains = new ArrayList<>();
        List<List<Inference>> results = new ArrayList<>();
        List<RunHandle> runs = new ArrayList<>();
        for (long modelSeed = 1; modelSeed <= 4; modelSeed++) {
            SpikingModel model = RandomModels.model(modelSeed);
            trains.add(new SpikeTrains());
            results.add(new CopyOnWriteArrayList<>());
            Chip chip = Chip.start(synapses(model), new ChipSettings(2, 3, 2, 2), trains.get(trains.size() - 1));
            chips.add(chip);
            runs.add(chip.start(order(model, SAMPLES, results.get(results.size() - 1)::add)));
        }
        runs.forEach(RunHandle::join);
        chips.forEach(Chip::close);
        for (int i = 0; i < chips.size(); i++) {
            List<ReferenceSimulator.Run> expected = references(RandomModels.model(i + 1));
            assertEquals(SAMPLES.length, results.get(i).size());
            for (Inference result : results.get(i)) {
                trains.get(i).assertEqualTo(expected.get(result.sample()), result, "chip " + i);
            }
        }
    }

    @Test
    void reportsSamplesInTheOrderGivenAndWhateverTheOrderTheSame() {
        SpikingModel model = RandomModels.model(4);
        List<ReferenceSimulator.Run> expected = references(model);
        int[] shuffled = {3, 0, 4, 2, 1};
        SpikeTrains trains = new SpikeTrains();
        List<Inference> results =
                run(synapses(model), new ChipSettings(2, 3, 3, 2), trains, order(model, shuffled, r -> {}));
        assertArrayEquals(shuffled, results.stream().mapToInt(Inference::sample).toArray());
        results.forEach(result -> trains.assertEqualTo(expected.get(result.sample()), result, "shuffled"));
    }

    @Test
    void aSlowPipelineHoldsTheOthersResultsBackButNotTheirWork() {
        SpikingModel model = RandomModels.model(4);
        CountDownLatch othersDone = new CountDownLatch(SAMPLES.length - 1);
        int lastLayer = synapses(model).spikingLayers() - 1;
        List<Integer> reported = new CopyOnWriteArrayList<>();
        List<Integer> reportedBeforeTheSlowOne = new CopyOnWriteArrayList<>();
        // A credit of one whole sample: the slow pipeline has sample 0 and nothing else.
        SpikeObserver slow = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == SpikeObserver.INPUT && sample == 0) {
                await(othersDone);
                reportedBeforeTheSlowOne.addAll(reported);
            } else if (layer == lastLayer && sample != 0) {
                othersDone.countDown();
            }
        };
        try (Chip chip = Chip.start(synapses(model), new ChipSettings(TIMESTEPS, 1, 2, 3), slow)) {
            chip.start(order(model, SAMPLES, result -> reported.add(result.sample())))
                    .join();
        }
        assertEquals(List.of(), reportedBeforeTheSlowOne);
        assertEquals(List.of(0, 1, 2, 3, 4), reported);
    }

    @Test
    void aPipelineIsNotDisturbedByTheFailureOfAnother() {
        SpikingModel model = RandomModels.model(3);
        List<ReferenceSimulator.Run> expected = references(model);
        SpikeTrains trains = new SpikeTrains();
        CountDownLatch runAgain = new CountDownLatch(2);
        AtomicInteger beginnings = new AtomicInteger();
        SpikeObserver faulty = failingOnce(trains, 0, 1, 0);
        // Sample 0 is in the midst of one pipeline while sample 1 fails and is run again in the other.
        SpikeObserver observer = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == SpikeObserver.INPUT && sample == 1) {
                runAgain.countDown();
            } else if (layer == SpikeObserver.INPUT && sample == 0) {
                beginnings.incrementAndGet();
            } else if (layer == 0 && sample == 0) {
                await(runAgain);
            }
            faulty.spikes(layer, sample, pass, firstTick, spikes);
        };
        List<Inference> results =
                run(synapses(model), new ChipSettings(TIMESTEPS, 1, 2, 3), observer, order(model, SAMPLES, r -> {}));
        assertArrayEquals(SAMPLES, results.stream().mapToInt(Inference::sample).toArray());
        results.forEach(result -> trains.assertEqualTo(expected.get(result.sample()), result, "a failure elsewhere"));
        assertEquals(1, beginnings.get(), "sample 0 is run once");
        assertEquals(0, runAgain.getCount());
    }

    @ParameterizedTest(name = "{0} pipelines")
    @ValueSource(ints = {1, 2, 3})
    void aLayerThatFailsIsReplacedAndEverySampleIsReportedOnceAsIfNothingHadHappened(int pipelines) {
        SpikingModel model = RandomModels.model(3);
        List<ReferenceSimulator.Run> expected = references(model);
        int spikingLayers = synapses(model).spikingLayers();
        for (int failing = SpikeObserver.INPUT; failing < spikingLayers; failing++) {
            SpikeTrains trains = new SpikeTrains();
            SpikeObserver faulty = failingOnce(trains, failing, 2, 4);
            List<Inference> results =
                    run(synapses(model), new ChipSettings(2, 6, pipelines, 2), faulty, order(model, SAMPLES, r -> {}));
            assertArrayEquals(
                    SAMPLES, results.stream().mapToInt(Inference::sample).toArray());
            for (Inference result : results) {
                trains.assertEqualTo(expected.get(result.sample()), result, "layer " + failing + " failed");
            }
        }
    }

    @ParameterizedTest(name = "{0} pipelines")
    @ValueSource(ints = {1, 2, 3})
    void aSampleThatBreaksThePipelineAgainAndAgainEndsTheRunWithItsCause(int pipelines) {
        SpikingModel model = RandomModels.model(3);
        AtomicInteger failures = new AtomicInteger();
        SpikeObserver poison = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == 0 && sample == 1) {
                throw new IllegalStateException("poison " + failures.incrementAndGet());
            }
        };
        ChipException e = assertThrows(
                ChipException.class,
                () -> run(
                        synapses(model), new ChipSettings(2, 1, pipelines, 2), poison, order(model, SAMPLES, r -> {})));
        assertTrue(String.valueOf(e.getMessage()).contains("sample 1"), e.getMessage());
        assertEquals("poison " + Clock.MAX_ATTEMPTS, e.getCause().getMessage());
        assertEquals(Clock.MAX_ATTEMPTS, failures.get());
    }

    @ParameterizedTest(name = "{0} pipelines")
    @ValueSource(ints = {1, 2, 3})
    void aCancelledRunEndsWithTheSamplesItHasBegun(int pipelines) {
        SpikingModel model = RandomModels.model(1);
        int[] many = new int[1000];
        try (Chip chip = Chip.start(synapses(model), new ChipSettings(TIMESTEPS, 2, pipelines, 2))) {
            ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
            CompletableFuture<RunHandle> handle = new CompletableFuture<>();
            RunHandle run = chip.start(order(model, many, result -> {
                seen.add(result.sample());
                handle.join().cancel();
            }));
            handle.complete(run);
            int done = run.join();
            assertEquals(seen.size(), done);
            assertTrue(done >= 1 && done < many.length, "done: " + done);
        }
    }

    @Test
    void twoRunsShareAChip() {
        SpikingModel model = RandomModels.model(5);
        List<ReferenceSimulator.Run> expected = references(model);
        List<Inference> first = new ArrayList<>();
        List<Inference> second = new ArrayList<>();
        SpikeTrains trains = new SpikeTrains();
        try (Chip chip = Chip.start(synapses(model), new ChipSettings(2, 4, 2, 2), trains)) {
            RunHandle one = chip.start(order(model, SAMPLES, first::add));
            RunHandle two = chip.start(order(model, SAMPLES, second::add));
            assertEquals(SAMPLES.length, one.join());
            assertEquals(SAMPLES.length, two.join());
        }
        for (int i = 0; i < SAMPLES.length; i++) {
            trains.assertEqualTo(expected.get(i), first.get(i), "first");
            trains.assertEqualTo(expected.get(i), second.get(i), "second");
        }
    }

    @Test
    void closingAChipEndsItsRuns() {
        SpikingModel model = RandomModels.model(1);
        CountDownLatch begun = new CountDownLatch(1);
        RunHandle run;
        try (Chip chip = Chip.start(synapses(model), ChipSettings.DEFAULT)) {
            run = chip.start(order(model, new int[1_000_000], result -> begun.countDown()));
            await(begun);
        }
        ChipException e = assertThrows(ChipException.class, run::join);
        assertTrue(e.getMessage().contains("closed"), e.getMessage());
    }

    @Test
    void aRunStartedOnAChipThatHasEndedEndsAtOnce() {
        SpikingModel model = RandomModels.model(1);
        Chip chip = Chip.start(synapses(model), ChipSettings.DEFAULT);
        chip.close();
        RunHandle run = chip.start(order(model, SAMPLES, result -> {}));
        assertThrows(ChipException.class, run::join);
    }

    /** A stage that dies of an error costs no more than one that throws an exception. */
    @Test
    void anErrorInALayerIsReportedAndTheChipLivesOn() {
        SpikingModel model = RandomModels.model(1);
        StackOverflowError injected = new StackOverflowError("injected");
        SpikeObserver faulty = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == 0 && sample == 1) {
                throw injected;
            }
        };
        try (Chip chip = Chip.start(synapses(model), ChipSettings.DEFAULT, faulty)) {
            ChipException e =
                    assertThrows(ChipException.class, chip.start(order(model, new int[] {0, 1}, result -> {}))::join);
            assertSame(injected, e.getCause());
            assertEquals(
                    1, chip.start(order(model, new int[] {0}, result -> {})).join());
        }
    }

    /** A layer hangs in the last message of a sample, so that its end and the clock's next beginning are told together. */
    @Test
    void aPipelineThatComesBackLongAfterItsSampleWasRunElsewhereChangesNothing() {
        SpikingModel model = RandomModels.model(1);
        List<ReferenceSimulator.Run> expected = references(model);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger(1);
        SpikeTrains trains = new SpikeTrains();
        SpikeCollector collector =
                new SpikeCollector(model.network().projections().size() - 1);
        SpikeObserver observer = (layer, sample, pass, firstTick, spikes) -> {
            if (layer == 0 && sample == 1 && hanging.getAndDecrement() == 1) {
                await(ended);
            }
            trains.spikes(layer, sample, pass, firstTick, spikes);
            collector.spikes(layer, sample, pass, firstTick, spikes);
        };
        ChipSettings settings = new ChipSettings(TIMESTEPS, 1, 2, 3, Duration.ofSeconds(1));
        List<Inference> results = new ArrayList<>();
        try (Chip chip = Chip.start(synapses(model), settings, observer)) {
            chip.start(order(model, SAMPLES, result -> {
                        results.add(result);
                        assertEquals(
                                result.inputEvents(),
                                collector.take(result.sample()).input().count());
                        if (result.sample() == 1) {
                            ended.countDown();
                        }
                    }))
                    .join();
            assertEquals(
                    SAMPLES.length,
                    chip.start(order(model, SAMPLES, results::add)).join());
        }
        for (int i = 0; i < 2 * SAMPLES.length; i++) {
            trains.assertEqualTo(expected.get(i % SAMPLES.length), results.get(i), "sample " + i);
        }
    }

    @Test
    void whatTheSourceOrTheListenerThrowsEndsTheRun() {
        SpikingModel model = RandomModels.model(1);
        try (Chip chip = Chip.start(synapses(model), ChipSettings.DEFAULT)) {
            RunOrder unreadable = new RunOrder(
                    SAMPLES,
                    sample -> {
                        throw new IllegalArgumentException("unreadable " + sample);
                    },
                    TIMESTEPS,
                    SEED,
                    r -> {});
            assertThrows(IllegalArgumentException.class, chip.start(unreadable)::join);
            RunOrder deaf = order(model, SAMPLES, result -> {
                throw new IllegalStateException("deaf");
            });
            assertThrows(IllegalStateException.class, chip.start(deaf)::join);
            assertEquals(5, chip.start(order(model, SAMPLES, r -> {})).join(), "the chip lives on");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing happened for 30 s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SpikeObserver failingOnce(SpikeObserver then, int layer, int sample, int firstTick) {
        AtomicInteger left = new AtomicInteger(1);
        return (l, s, pass, t, spikes) -> {
            if (l == layer && s == sample && t == firstTick && left.getAndDecrement() == 1) {
                throw new IllegalStateException("injected");
            }
            then.spikes(l, s, pass, t, spikes);
        };
    }

    private static List<ReferenceSimulator.Run> references(SpikingModel model) {
        List<ReferenceSimulator.Run> runs = new ArrayList<>();
        for (int sample : SAMPLES) {
            runs.add(ReferenceSimulator.run(model, RandomModels.sample(model, sample), SEED, sample, TIMESTEPS));
        }
        return runs;
    }

    private static NetworkSynapses synapses(SpikingModel model) {
        return NetworkSynapses.of(model, Kernels.fastest());
    }

    private static RunOrder order(SpikingModel model, int[] samples, Consumer<Inference> listener) {
        return new RunOrder(
                samples,
                sample -> RandomModels.sample(model, sample),
                TIMESTEPS,
                SEED,
                answer -> listener.accept(answer.inference()));
    }

    private static List<Inference> run(
            NetworkSynapses network, ChipSettings settings, SpikeObserver observer, RunOrder order) {
        List<Inference> results = new ArrayList<>();
        try (Chip chip = Chip.start(network, settings, observer)) {
            RunOrder collecting = new RunOrder(
                    order.samples(),
                    order.source(),
                    order.timesteps(),
                    order.seed(),
                    answer -> results.add(answer.inference()));
            chip.start(collecting).join();
        }
        return results;
    }
}
