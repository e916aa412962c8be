package dev.lamina.sim;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/*
 * The vectors of a run are written out, up to five: a loop over so few costs more than they do. All runs of a table have the
 * same number, so the processor foresees every branch.
 */
/** Adds runs of weights, event by event. */
final class VectorRuns {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorRuns() {}

    static void add(float[] weights, RunTable runs, int[] indices, float[] payloads, int from, int to, float[] u) {
        int vectors = runs.width / LANES;
        boolean unit = payloads.length == 0;
        for (int n = from; n < to; n++) {
            int entry = indices[n] * RunTable.ENTRIES;
            float payload = unit ? 1f : payloads[n];
            switch (vectors) {
                case 1 -> add1(weights, runs, entry, payload, u);
                case 2 -> add2(weights, runs, entry, payload, u);
                case 3 -> add3(weights, runs, entry, payload, u);
                case 4 -> add4(weights, runs, entry, payload, u);
                case 5 -> add5(weights, runs, entry, payload, u);
                default -> addMany(weights, runs, entry, payload, u, vectors);
            }
        }
    }

    private static void add1(float[] weights, RunTable runs, int entry, float payload, float[] u) {
        FloatVector p = FloatVector.broadcast(SPECIES, payload);
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

    private static void add2(float[] weights, RunTable runs, int entry, float payload, float[] u) {
        FloatVector p = FloatVector.broadcast(SPECIES, payload);
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

    private static void add3(float[] weights, RunTable runs, int entry, float payload, float[] u) {
        FloatVector p = FloatVector.broadcast(SPECIES, payload);
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

    private static void add4(float[] weights, RunTable runs, int entry, float payload, float[] u) {
        FloatVector p = FloatVector.broadcast(SPECIES, payload);
        int from = runs.entries[entry];
        int to = runs.entries[entry + 1];
        int weightStep = runs.weightStep;
        int uStep = runs.uStep;
        for (int r = runs.entries[entry + 2]; r > 0; r--) {
            addVector(weights, from, p, u, to);
            addVector(weights, from + LANES, p, u, to + LANES);
            addVector(weights, from + 2 * LANES, p, u, to + 2 * LANES);
            addVector(weights, from + 3 * LANES, p, u, to + 3 * LANES);
            from += weightStep;
            to += uStep;
        }
    }

    private static void add5(float[] weights, RunTable runs, int entry, float payload, float[] u) {
        FloatVector p = FloatVector.broadcast(SPECIES, payload);
        int from = runs.entries[entry];
        int to = runs.entries[entry + 1];
        int weightStep = runs.weightStep;
        int uStep = runs.uStep;
        for (int r = runs.entries[entry + 2]; r > 0; r--) {
            addVector(weights, from, p, u, to);
            addVector(weights, from + LANES, p, u, to + LANES);
            addVector(weights, from + 2 * LANES, p, u, to + 2 * LANES);
            addVector(weights, from + 3 * LANES, p, u, to + 3 * LANES);
            addVector(weights, from + 4 * LANES, p, u, to + 4 * LANES);
            from += weightStep;
            to += uStep;
        }
    }

    private static void addMany(float[] weights, RunTable runs, int entry, float payload, float[] u, int vectors) {
        FloatVector p = FloatVector.broadcast(SPECIES, payload);
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

    private static void addVector(float[] weights, int from, FloatVector payload, float[] u, int to) {
        FloatVector.fromArray(SPECIES, u, to)
                .add(FloatVector.fromArray(SPECIES, weights, from).mul(payload))
                .intoArray(u, to);
    }
}
