package dev.lamina.sim;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/* As VectorRuns; twice as many numbers in a vector make three of them enough. */
/** Adds runs of 16-bit weights, event by event. */
final class VectorFixedRuns {

    private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorFixedRuns() {}

    static void add(short[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, short[] u) {
        int vectors = runs.width / LANES;
        boolean unit = payloads.length == 0;
        for (int n = from; n < to; n++) {
            int entry = indices[n] * RunTable.ENTRIES;
            short payload = unit ? 1 : (short) payloads[n];
            switch (vectors) {
                case 1 -> add1(weights, runs, entry, payload, u);
                case 2 -> add2(weights, runs, entry, payload, u);
                case 3 -> add3(weights, runs, entry, payload, u);
                default -> addMany(weights, runs, entry, payload, u, vectors);
            }
        }
    }

    private static void add1(short[] weights, RunTable runs, int entry, short payload, short[] u) {
        ShortVector p = ShortVector.broadcast(SPECIES, payload);
        int from = runs.entries[entry];
        int to = runs.entries[entry + 1];
        int weightStep = runs.weightStep;
        int uStep = runs.uStep;
        for (int r = runs.entries[entry + 2]; r > 0; r--) {
            addVector(weights, from, p, u, to);
            from += weightStep;
            to += uStep;
        }
    }

    private static void add2(short[] weights, RunTable runs, int entry, short payload, short[] u) {
        ShortVector p = ShortVector.broadcast(SPECIES, payload);
        int from = runs.entries[entry];
        int to = runs.entries[entry + 1];
        int weightStep = runs.weightStep;
        int uStep = runs.uStep;
        for (int r = runs.entries[entry + 2]; r > 0; r--) {
            addVector(weights, from, p, u, to);
            addVector(weights, from + LANES, p, u, to + LANES);
            from += weightStep;
            to += uStep;
        }
    }

    private static void add3(short[] weights, RunTable runs, int entry, short payload, short[] u) {
        ShortVector p = ShortVector.broadcast(SPECIES, payload);
        int from = runs.entries[entry];
        int to = runs.entries[entry + 1];
        int weightStep = runs.weightStep;
        int uStep = runs.uStep;
        for (int r = runs.entries[entry + 2]; r > 0; r--) {
            addVector(weights, from, p, u, to);
            addVector(weights, from + LANES, p, u, to + LANES);
            addVector(weights, from + 2 * LANES, p, u, to + 2 * LANES);
            from += weightStep;
            to += uStep;
        }
    }

    private static void addMany(short[] weights, RunTable runs, int entry, short payload, short[] u, int vectors) {
        ShortVector p = ShortVector.broadcast(SPECIES, payload);
        int from = runs.entries[entry];
        int to = runs.entries[entry + 1];
        for (int r = runs.entries[entry + 2]; r > 0; r--) {
            for (int i = 0; i < vectors * LANES; i += LANES) {
                addVector(weights, from + i, p, u, to + i);
            }
            from += runs.weightStep;
            to += runs.uStep;
        }
    }

    private static void addVector(short[] weights, int from, ShortVector payload, short[] u, int to) {
        ShortVector.fromArray(SPECIES, u, to)
                .add(ShortVector.fromArray(SPECIES, weights, from).mul(payload))
                .intoArray(u, to);
    }
}
