package dev.lamina.cli;

import dev.lamina.data.Datasets;
import dev.lamina.data.Preprocessing;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.network.Network;
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.TrainingRecipe;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file of {@code models/}: a network, how samples become its input, and how it is trained.
 *
 * @param network the network
 * @param preprocessing how samples become its input
 * @param recipe how it is trained
 * @param fineTuning how its spiking network is trained after that, if the file says so
 */
record ModelConfig(
        Network network, Preprocessing preprocessing, TrainingRecipe recipe, Optional<FineTuningRecipe> fineTuning) {

    private static final String FINE_TUNING = "fine-tuning";

    /** Reads a file strictly. */
    static ModelConfig read(Path file) {
        return read(file, Map.of());
    }

    /** Reads a file strictly, with some keys of its section {@code training} replaced by options. */
    static ModelConfig read(Path file, Map<String, Object> training) {
        Settings root = Settings.read(file);
        Network network = Network.parse(root.section("network"));
        Settings section = root.section("training").with(RecipeOptions.ORIGIN, training);
        // Who trains from Java may have others.
        Datasets.name(section);
        ModelConfig config = new ModelConfig(
                network,
                root.optionalSection("preprocessing").map(Preprocessing::parse).orElse(Preprocessing.NONE),
                TrainingRecipe.parse(section),
                root.optionalSection(FINE_TUNING).map(FineTuningRecipe::parse));
        root.done();
        return config;
    }

    /**
     * The section {@code fine-tuning} of a file, not parsed yet.
     *
     * @throws InputException if it has none
     */
    static Settings fineTuning(Path file) {
        Settings root = Settings.read(file);
        return root.optionalSection(FINE_TUNING)
                .orElseThrow(() -> InputException.configuration(
                        "no section '" + FINE_TUNING + "'",
                        file.toString(),
                        "give it one, or leave --recipe out for the built-in recipe"));
    }
}
