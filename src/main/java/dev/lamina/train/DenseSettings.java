package dev.lamina.train;

/**
 * How a spiking network is run densely.
 *
 * @param timesteps T, the time steps a sample, at least 1
 * @param seed the seed of the encoder's random numbers
 * @param batch samples at a time, at least 1
 * @param potentials whether to keep the readout's potentials of every time step
 */
public record DenseSettings(int timesteps, long seed, int batch, boolean potentials) {

    public DenseSettings {
        if (timesteps < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "timesteps and batch must be at least 1: timesteps " + timesteps + ", batch " + batch);
        }
    }
}
