package dev.lamina.mapping;

/** What fills a core. */
enum Limit {
    NEURONS,
    SYNAPSES,
    AXONS
}
