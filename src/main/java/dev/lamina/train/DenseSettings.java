package dev.lamina.train;

/**
 * How a spiking network is run densely.
 *
 * @param timesteps T, the time steps a sample, at least 1
 * @param seed the seed of the encoder's random numbers
 * @param batch the most samples that one thread works on at a time, at least 1
 * @param threads threads that samples are spread over, each with a core of its own, at least 1
 * @param potentials whether to keep the readout's potentials of every time step
 */
public record DenseSettings(int timesteps, long seed, int batch, int threads, boolean potentials) {

    public DenseSettings {
        if (timesteps < 1 || batch < 1 || threads < 1) {
            throw new IllegalArgumentException("timesteps, batch and threads must be at least 1: timesteps " + timesteps
                    + ", batch " + batch + ", threads " + threads);
        }
    }

    /** Settings that use all cores. */
    public DenseSettings(int timesteps, long seed, int batch, boolean potentials) {
        this(timesteps, seed, batch, Runtime.getRuntime().availableProcessors(), potentials);
    }

    /** The samples of a batch, so that {@code samples} make equally many batches for each thread. */
    int evenBatch(int samples) {
        long room = (long) batch * threads;
        long batches = Math.max(1, (samples + room - 1) / room) * threads;
        return (int) Math.max(1, (samples + batches - 1) / batches);
    }
}
