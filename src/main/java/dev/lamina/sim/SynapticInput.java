package dev.lamina.sim;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import org.jspecify.annotations.Nullable;

/** The input side of one layer: pools events, counts their synaptic operations and adds them up. */
final class SynapticInput {

    private final Integration integration;
    private final @Nullable Pooling pooling;
    private final Divisor channels;
    private final int[] fanOut;

    SynapticInput(Synapses synapses) {
        Projection projection = synapses.projection();
        integration = synapses.integration();
        AveragePool pool = projection.pool().orElse(null);
        pooling = pool == null ? null : new Pooling(projection, pool);
        channels = new Divisor(projection.source().channels());
        fanOut = projection.fanOut();
    }

    /**
     * Steps {@code neurons} with the time steps of a batch.
     *
     * @param firstTick the batch's first time step
     * @return the synaptic operations: one for each event and target, whatever the path adds at once
     */
    long run(SpikeBatch batch, int firstTick, Neurons neurons) {
        neurons.begin(firstTick, batch.ticks());
        if (batch.count() == 0 && !neurons.restless()) {
            return 0;
        }
        integration.run(pooling == null ? batch : pooling.pool(batch), neurons);
        return synops(batch);
    }

    private long synops(SpikeBatch batch) {
        int[] indices = batch.indices();
        long synops = 0;
        for (int n = 0; n < batch.count(); n++) {
            synops += fanOut[channels.quotient(indices[n])];
        }
        return synops;
    }
}
