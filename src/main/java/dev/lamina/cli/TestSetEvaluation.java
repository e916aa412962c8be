package dev.lamina.cli;

import dev.lamina.chip.Chip;
import dev.lamina.chip.ChipSettings;
import dev.lamina.chip.RunOrder;
import dev.lamina.cli.Measurements.Measurement;
import dev.lamina.data.Dataset;
import dev.lamina.model.AnnModel;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.train.AnnEvaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Measures models on a whole test set; what is measured is kept, so that it need not be measured again. */
final class TestSetEvaluation {

    /** Time steps, of all samples together, from one keeping of the measurement to the next: some seconds. */
    private static final int SLICE = 25_000;

    private final Dataset test;
    private final String testDigest;
    private final long seed;
    private final Measurements measurements;

    /**
     * @param seed of the encoder
     */
    TestSetEvaluation(Dataset test, long seed, Measurements measurements) {
        this.test = test;
        testDigest = test.sha256();
        this.seed = seed;
        this.measurements = measurements;
    }

    /** The accuracy of an ordinary network, whose file stands for it. */
    Measurement ann(Path file, AnnModel ann) {
        String subject = Origins.digest(List.of(Origins.digest(file), testDigest));
        return measurements.of("ann", subject).orElseGet(() -> {
            long start = System.nanoTime();
            double accuracy = AnnEvaluation.accuracy(ann, test, TrainCommand.EVALUATION_BATCH);
            Measurement made = new Measurement(
                    subject, test.size(), (int) Math.round(accuracy * test.size()), (System.nanoTime() - start) / 1e9);
            measurements.put("ann", made);
            return made;
        });
    }

    /**
     * The accuracy of a spiking network, as far as it gets: it runs the test samples that are left through the chip, a slice at a time.
     *
     * @param kind what the measurement is called, with the time steps
     */
    Measurement spiking(String kind, Path file, int timesteps) {
        String name = kind + " T=" + timesteps;
        String subject = Origins.digest(List.of(Origins.digest(file), testDigest, String.valueOf(seed)));
        Measurement measurement = measurements.of(name, subject).orElse(new Measurement(subject, 0, 0, 0));
        if (measurement.samples() >= test.size() || Interruption.requested()) {
            return measurement;
        }
        SpikingModel model = ModelFile.readSpiking(file);
        try (Chip chip = Chip.start(NetworkSynapses.of(model, Kernels.fastest()), ChipSettings.DEFAULT);
                Progress progress = new Progress(name, test.size(), measurement.samples())) {
            while (measurement.samples() < test.size() && !Interruption.requested()) {
                measurement = slice(chip, model, timesteps, measurement);
                measurements.put(name, measurement);
                progress.to(measurement.samples(), "");
            }
        }
        return measurement;
    }

    private Measurement slice(Chip chip, SpikingModel model, int timesteps, Measurement before) {
        int to = Math.min(test.size(), before.samples() + Math.max(1, SLICE / timesteps));
        AtomicInteger right = new AtomicInteger();
        long start = System.nanoTime();
        chip.start(new RunOrder(
                        IntStream.range(before.samples(), to).toArray(),
                        sample -> model.preprocessing().apply(test, sample),
                        timesteps,
                        seed,
                        answer -> right.addAndGet(
                                answer.inference().prediction()
                                                == test.label(answer.inference().sample())
                                        ? 1
                                        : 0)))
                .join();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measurement(before.subject(), to, before.right() + right.get(), before.seconds() + seconds);
    }
}
