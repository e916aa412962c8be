package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
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

    /**
     * Writes the best model of a training.
     *
     * @param epochs completed ones
     * @param stopped whether it was asked to end early; the user is then told how to go on
     * @throws InputException if there is no best epoch yet
     */
    void write(Model best, int epochs, boolean stopped) {
        if (epochs == 0) {
            throw InputException.file(
                    "stopped before the first epoch was done",
                    model.toString(),
                    "no model was written; go on with --resume");
        }
        ModelFile.write(model, best);
        if (stopped) {
            Say.line("stopped after %d epochs; go on with --resume. %s holds the best so far", epochs, model);
        }
    }

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
