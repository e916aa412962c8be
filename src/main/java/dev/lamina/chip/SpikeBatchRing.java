package dev.lamina.chip;

import dev.lamina.sim.SpikeBatch;
import java.util.Arrays;

/** The reusable spike batches of a stage, one for each message in flight. */
final class SpikeBatchRing {

    private final SpikeBatch[] batches;

    SpikeBatchRing(int credit) {
        batches = new SpikeBatch[credit];
        Arrays.setAll(batches, i -> new SpikeBatch());
    }

    /** The batch whose turn it is; the clock's credit guarantees that nobody reads it any more. */
    SpikeBatch turn(Stamp stamp) {
        return batches[stamp.slot()];
    }
}
