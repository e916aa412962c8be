package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.model.SpikingModel;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A spiking network run the dense way: every neuron and every synapse at every time step, in float32, many samples at
 * once. It sees the same input events as the event-driven simulator and follows the same equations
 * ({@link dev.lamina.network.NeuronModel}), but sums in another order; so single potentials may differ in their last
 * bits, and now and then a spike by a time step.
 *
 * <p>Batches are spread over threads, and each operation of the tensor library stays on the thread that asked for it. For
 * networks of this kind that is faster than dividing every operation among all cores, and far faster where other
 * processes want the cores as well, since nobody waits for anybody.
 *
 * <p>Immutable and thread-safe.
 *
 * @param model the network
 * @param settings how to run it
 */
@SuppressWarnings("try") // A scope or guard acts by being open.
public record DenseSimulation(SpikingModel model, DenseSettings settings) {

    private static final int EXACT_SUM = 1 << 24;

    /**
     * Runs samples of {@code dataset}.
     *
     * @param samples their indices, which the encoder's random numbers depend on
     * @throws dev.lamina.io.InputException if the images do not fit the network
     */
    public DenseRun run(Dataset dataset, int[] samples) {
        AnnEvaluation.check(model.network(), dataset, model.preprocessing());
        Recording recording = new Recording(samples.length);
        int size = settings.evenBatch(samples.length);
        int batches = (samples.length + size - 1) / size;
        int threads = TensorLibrary.threads();
        try (PointerScope scope = new PointerScope()) {
            WeightTensors weights = WeightTensors.of(model.network(), model.weights());
            Workers.run(Math.min(settings.threads(), batches), batches, batch -> {
                int from = batch * size;
                int to = Math.min(samples.length, from + size);
                run(weights, dataset, Arrays.copyOfRange(samples, from, to), from, recording);
            });
        } finally {
            TensorLibrary.useThreads(threads);
        }
        return recording.run();
    }

    private void run(WeightTensors weights, Dataset dataset, int[] samples, int first, Recording recording) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            SpikeInput input = new SpikeInput(model, dataset, samples, settings.seed());
            ImmutableList<DensePopulation> populations = model.network()
                    .projections()
                    .collectWithIndex((projection, i) -> new DensePopulation(
                            projection, model.populations().get(i), model.neuron(), weights.get(i), samples.length));
            int readout = populations.size() - 1;
            long[] counts = new long[readout];
            for (int tick = 0; tick < settings.timesteps(); tick++) {
                try (PointerScope step = new PointerScope()) {
                    Tensor spikes = input.at(tick);
                    for (int i = 0; i < readout; i++) {
                        spikes = populations.get(i).fire(spikes);
                        counts[i] += count(spikes);
                    }
                    recording.readout(populations.get(readout).integrate(spikes), first, samples.length, tick);
                }
            }
            recording.count(input.events(), counts);
        }
    }

    /**
     * The number of ones among zeros and ones. Adding them up is far faster than PyTorch's counting, and exact in
     * any order as long as the sum stays within 2^24.
     */
    private static long count(Tensor spikes) {
        return spikes.numel() <= EXACT_SUM
                ? (long) spikes.sum().item_float()
                : spikes.count_nonzero().item_long();
    }

    /** What is noted down in the course of a run; each batch has places of its own, but for the counts. */
    private final class Recording {

        final int classes = model.network().output().size();
        final int[][] predictions;
        final float[][] potentials;
        final long[] spikes = new long[model.network().projections().size() - 1];
        long inputEvents;

        Recording(int samples) {
            predictions = new int[samples][settings.timesteps()];
            potentials = settings.potentials() ? new float[samples][settings.timesteps() * classes] : new float[0][];
        }

        void readout(Tensor u, int first, int count, int tick) {
            float[] values = new float[count * classes];
            u.data_ptr_float().get(values);
            IntStream.range(0, count).forEach(i -> {
                predictions[first + i][tick] = Prediction.of(values, i * classes, classes);
                if (settings.potentials()) {
                    System.arraycopy(values, i * classes, potentials[first + i], tick * classes, classes);
                }
            });
        }

        synchronized void count(long events, long[] counts) {
            inputEvents += events;
            Arrays.setAll(spikes, i -> spikes[i] + counts[i]);
        }

        synchronized DenseRun run() {
            return new DenseRun(predictions, inputEvents, spikes, settings.potentials() ? potentials : null);
        }
    }
}
