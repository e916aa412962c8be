package dev.lamina.train;

/**
 * How a spiking network is run densely.
 *
 * @param timesteps T, the time steps a sample, at least 1
 * @param seed the seed of the encoder's random numbers
 * @param batch samples at a time, at least 1
 * @param threads batches at work at once, each with a core of its own, at least 1
 * @param potentials whether to keep the readout's potentials of every time step
 */
public record DenseSettings(int timesteps, long seed, int batch, int threads, boolean potentials) {

    public DenseSettings {
        if (timesteps < 1 || batch < 1 || threads < 1) {
            throw new IllegalArgumentException("timesteps, batch and threads must be at least 1: timesteps " + timesteps
                    + ", batch " + batch + ", threads " + threads);
        }
    }
}
