package dev.lamina.cli;

import dev.lamina.data.Preprocessing;
import dev.lamina.io.Settings;
import dev.lamina.network.Network;
import dev.lamina.train.TrainingRecipe;
import java.nio.file.Path;

/**
 * A file of {@code models/}: a network, how samples become its input, and how it is trained.
 *
 * @param network the network
 * @param preprocessing how samples become its input
 * @param recipe how it is trained
 */
record ModelConfig(Network network, Preprocessing preprocessing, TrainingRecipe recipe) {

    /** Reads a file strictly. */
    static ModelConfig read(Path file) {
        Settings root = Settings.read(file);
        ModelConfig config = new ModelConfig(
                Network.parse(root.section("network")),
                root.optionalSection("preprocessing").map(Preprocessing::parse).orElse(Preprocessing.NONE),
                TrainingRecipe.parse(root.section("training")));
        root.done();
        return config;
    }
}
