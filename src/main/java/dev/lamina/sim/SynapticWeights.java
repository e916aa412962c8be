package dev.lamina.sim;

import dev.lamina.model.Population;
import dev.lamina.network.NeuronModel;

/** The weights of a projection in one arithmetic, laid out by whoever fills them. Immutable and thread-safe once filled. */
sealed interface SynapticWeights permits FloatWeights, FixedWeights {

    /** The number of weights that the widest operation handles at once, a power of two. */
    int lanes();

    /** Where in a row of the kernel's own order the i-th of consecutive neurons lies. */
    LaneOrder order();

    /** Makes room for {@code size} weights, all zero. */
    void allocate(int size);

    /** Puts weight {@code index} of the tensor, channel-first, to place {@code at}. Thread-safe for different places. */
    void set(int at, int index);

    /** Whether payloads are taken as whole numbers. */
    boolean whole();

    /** Whether the sum of {@code rows} rows may be added without a look at their payloads. */
    boolean addable(int rows);

    /** The membranes, at rest, of a spiking population that these weights feed. */
    SpikingMembranes spiking(NeuronLayout layout, Population population, NeuronModel model);

    /** The membranes, at rest, of a readout that these weights feed. */
    ReadoutMembranes readout(NeuronLayout layout, Population population);
}
