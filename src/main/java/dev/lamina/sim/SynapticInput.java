package dev.lamina.sim;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import org.jspecify.annotations.Nullable;

/** The input side of one layer: pools a time step's events, counts their synaptic operations and adds them up. */
final class SynapticInput {

    private final Integration integration;
    private final @Nullable Pooling pooling;
    private final Divisor channels;
    private final int[] fanOut;
    private final Events events = new Events();

    SynapticInput(Synapses synapses) {
        Projection projection = synapses.projection();
        integration = synapses.integration();
        AveragePool pool = projection.pool().orElse(null);
        pooling = pool == null ? null : new Pooling(projection, pool);
        channels = new Divisor(projection.source().channels());
        fanOut = projection.fanOut();
    }

    /**
     * Steps {@code neurons} with one time step of a batch.
     *
     * @return the synaptic operations: one for each event and target, whatever the path adds at once
     */
    long step(SpikeBatch batch, int tick, Neurons neurons) {
        if (pooling == null) {
            events.show(batch, tick);
        } else {
            pooling.pool(batch, tick, events);
        }
        integration.step(events, neurons);
        return synops(batch, tick);
    }

    private long synops(SpikeBatch batch, int tick) {
        int[] indices = batch.indices();
        long synops = 0;
        for (int n = batch.from(tick); n < batch.to(tick); n++) {
            synops += fanOut[channels.quotient(indices[n])];
        }
        return synops;
    }
}
