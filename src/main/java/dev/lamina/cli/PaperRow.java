package dev.lamina.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the paper's figure 9: accuracies in percent.
 *
 * @param ann the ordinary network
 * @param enough the time steps of a conversion that is given all it needs
 * @param conversion after conversion, at those
 * @param reduced at fewer time steps, in the order of the columns
 */
record PaperRow(double ann, int enough, double conversion, List<Reduced> reduced) {

    /**
     * Fewer time steps.
     *
     * @param timesteps T
     * @param converted with thresholds adjusted
     * @param hybrid and fine-tuned
     */
    record Reduced(int timesteps, double converted, double hybrid) {}

    private static final Map<String, PaperRow> ROWS = Map.of(
            "lenet5", new PaperRow(98.83, 2500, 98.91, List.of(new Reduced(100, 98.82, 98.88))),
            "vgg5",
                    new PaperRow(
                            87.96,
                            2500,
                            86.84,
                            List.of(new Reduced(200, 85.97, 86.79), new Reduced(100, 85.46, 86.49))),
            "vgg9",
                    new PaperRow(
                            91.37,
                            2500,
                            91.11,
                            List.of(new Reduced(200, 89.96, 90.46), new Reduced(100, 85.12, 88.89))),
            "vgg16",
                    new PaperRow(
                            92.55,
                            2500,
                            92.48,
                            List.of(new Reduced(200, 91.13, 92.03), new Reduced(100, 84.64, 91.13))));

    /** The networks of the figure. */
    static final List<String> NETWORKS = List.of("lenet5", "vgg5", "vgg9", "vgg16");

    /** The row of a network; null if the figure has none. */
    static @Nullable PaperRow of(String network) {
        return ROWS.get(network);
    }
}
