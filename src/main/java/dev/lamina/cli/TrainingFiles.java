package dev.lamina.cli;

import java.nio.file.Path;

/**
 * What a training writes, side by side: {@code ann.safetensors}, {@code ann.checkpoint}, {@code ann.csv}.
 *
 * @param model the model file
 */
record TrainingFiles(Path model) {

    /** Where the training is kept, so that it can go on. */
    Path checkpoint() {
        return model.resolveSibling(stem(model) + ".checkpoint");
    }

    /** The table of the epochs. */
    Path metrics() {
        return model.resolveSibling(stem(model) + ".csv");
    }

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
