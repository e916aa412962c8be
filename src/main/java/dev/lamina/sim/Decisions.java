package dev.lamina.sim;

/**
 * What the readout says after each time step of a sample.
 *
 * @param predictions the class with the highest potential, the lowest index among equals
 * @param margins how far that potential is above the second highest, at least 0; 0 if there is but one class
 */
public record Decisions(int[] predictions, float[] margins) {

    /** Room for {@code timesteps} decisions. */
    public static Decisions of(int timesteps) {
        return new Decisions(new int[timesteps], new float[timesteps]);
    }
}
