package dev.lamina.cli;

import dev.lamina.train.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that replace keys of a training's recipe, whatever is trained. */
final class RecipeOptions {

    /** What complaints about them call their place. */
    static final String ORIGIN = "command line";

    @Option(names = "--epochs", paramLabel = "N", description = "passes through the training samples")
    Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--epoch-samples",
            paramLabel = "N",
            description = "training samples an epoch, drawn anew for each (default: all)")
    Optional<Integer> epochSamples = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "samples a step")
    Optional<Integer> batch = Optional.empty();

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "the optimiser's learning rate")
    Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            converter = Choice.Precisions.class,
            completionCandidates = Choice.Precisions.class,
            description = "number format of what is multiplied: ${COMPLETION-CANDIDATES}")
    Optional<Precision> precision = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "seed of everything random in the training")
    Optional<Long> seed = Optional.empty();

    /** The replaced keys with their values. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        epochs.ifPresent(value -> values.put("epochs", value));
        epochSamples.ifPresent(value -> values.put("epoch-samples", value));
        batch.ifPresent(value -> values.put("batch", value));
        learningRate.ifPresent(value -> values.put("optimiser", Map.of("learning-rate", value)));
        precision.ifPresent(value -> values.put("precision", Choice.name(value)));
        seed.ifPresent(value -> values.put("seed", value));
        return values;
    }
}
