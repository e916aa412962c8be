package dev.lamina.report.html;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What every part of a report needs of a run's document.
 *
 * @param root the document
 * @param network the network's name
 * @param samples the number of samples, at least 1
 * @param timesteps T
 * @param accuracy after the last time step, from 0 to 1
 * @param layers the layers, the readout last
 * @param energies by hardware profile
 */
record RunDocument(
        RunNode root,
        String network,
        long samples,
        int timesteps,
        double accuracy,
        List<LayerFigures> layers,
        List<EnergyFigures> energies) {

    /**
     * Reads what is needed.
     *
     * @throws dev.lamina.io.InputException if one of the model, the samples, T, the accuracy or the layers is missing, or
     *     anything is of the wrong kind
     */
    static RunDocument of(RunNode root) {
        RunNode model = root.object("model").orElseThrow(() -> root.complaint("model", "is missing"));
        long samples = root.count("samples");
        if (samples < 1) {
            throw root.complaint("samples", "is 0");
        }
        long timesteps = root.count("timesteps");
        if (timesteps < 1 || timesteps > Integer.MAX_VALUE) {
            throw root.complaint("timesteps", "is not a number of time steps");
        }
        List<RunNode> layers = root.objects("layers");
        if (layers.isEmpty()) {
            throw root.complaint("layers", "is missing or empty");
        }
        return new RunDocument(
                root,
                model.text("network"),
                samples,
                (int) timesteps,
                root.number("accuracy"),
                IntStream.range(0, layers.size())
                        .mapToObj(i -> LayerFigures.of(layers.get(i), i == layers.size() - 1))
                        .toList(),
                root.objects("energy").stream().map(EnergyFigures::of).toList());
    }

    /** The layers that fire: all but the readout. */
    List<LayerFigures> spikingLayers() {
        return layers.subList(0, layers.size() - 1);
    }

    /** A sum over the samples as a mean. */
    double perSample(double sum) {
        return sum / samples;
    }

    /** A sum over the samples as a mean. */
    double perSample(long sum) {
        return (double) sum / samples;
    }

    /** The time steps from 1 to T, or to {@code length} if that is less. */
    double[] timeAxis(int length) {
        double[] steps = new double[Math.min(length, timesteps)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i + 1.0;
        }
        return steps;
    }
}
