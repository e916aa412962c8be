package dev.lamina.sim;

/** How a layer adds up input that it could add in two ways. The result is the same. */
enum Sums {

    /** As the {@link CostModel} says, burst by burst. */
    CHEAPEST,

    /** Always event by event. */
    SPARSE,

    /** Densely wherever that is possible. */
    DENSE
}
