package dev.lamina.energy;

/** Small workloads whose energies can be added up by hand. */
final class Workloads {

    /** A convolution behind a pool of 2 x 2: 100 sources, 25 pooled values, 10 neurons, 50 weights, 500 MACs. */
    static final Workload.Size CONVOLUTION = new Workload.Size(100, 25, 10, 50, 500);

    /** A layer of one position: 20 sources, 10 neurons. */
    static final Workload.Size LINEAR = new Workload.Size(20, 20, 10, 200, 200);

    static final Workload NOTHING = new Workload("silent", CONVOLUTION, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private Workloads() {}

    /** T = 4: 60 accumulates, 5 MACs, 40 updates of which 30 touched, 7 events in, 3 spikes out, 8 packets, 9 hops. */
    static Workload tiny(Workload.Size size) {
        return new Workload("tiny", size, 4, 60, 5, 40, 30, 7, 3, 8, 9);
    }
}
