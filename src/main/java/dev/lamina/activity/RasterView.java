package dev.lamina.activity;

import dev.lamina.network.Network;
import dev.lamina.sim.SpikeBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sample's spikes as a raster plot can show them: of large populations only some neurons, evenly spaced.
 *
 * @param sample the sample
 * @param label its true class
 * @param prediction the class that was predicted
 * @param populations the input and the spiking layers
 */
public record RasterView(int sample, int label, int prediction, List<Train> populations) {

    /**
     * The spikes of one population.
     *
     * @param name its name
     * @param neurons its neurons
     * @param every which of them are shown: those whose index is a multiple of it
     * @param spikes the spikes of all of them
     * @param ticks the time step of each spike shown
     * @param neuron the index of the neuron that fired
     */
    public record Train(String name, int neurons, int every, int spikes, int[] ticks, int[] neuron) {}

    /** At most {@code most} neurons of each population. */
    public static RasterView of(Network network, SampleSpikes spikes, int label, int prediction, int most) {
        List<Train> trains = new ArrayList<>();
        trains.add(train(Network.INPUT, network.input().size(), spikes.input(), most));
        for (int layer = 0; layer < spikes.populations().size() - 1; layer++) {
            var projection = network.projections().get(layer);
            trains.add(train(projection.name(), projection.target().size(), spikes.outOf(layer), most));
        }
        return new RasterView(spikes.sample(), label, prediction, trains);
    }

    private static Train train(String name, int neurons, SpikeBatch batch, int most) {
        int every = (neurons + most - 1) / most;
        IntStream.Builder ticks = IntStream.builder();
        IntStream.Builder neuron = IntStream.builder();
        for (int tick = 0; tick < batch.ticks(); tick++) {
            for (int n = batch.from(tick); n < batch.to(tick); n++) {
                if (batch.indices()[n] % every == 0) {
                    ticks.add(tick);
                    neuron.add(batch.indices()[n]);
                }
            }
        }
        return new Train(
                name,
                neurons,
                every,
                batch.count(),
                ticks.build().toArray(),
                neuron.build().toArray());
    }
}
