package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.train.TrainingEnd;
import java.nio.file.Files;
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
     * Writes the best model of a training, whole or not; if it was stopped the user is told how to go on.
     *
     * @param epochs completed ones
     * @throws InputException if there is no best epoch yet, or the training failed, its best model being written all the same
     */
    void write(Model best, int epochs, TrainingEnd end) {
        if (epochs == 0) {
            if (end instanceof TrainingEnd.Failed failed) {
                throw failed.complaint("");
            }
            throw InputException.stopped(
                    "stopped before the first epoch was done",
                    model.toString(),
                    "no model was written; " + (Files.exists(checkpoint()) ? "go on with --resume" : "start again"));
        }
        ModelFile.write(model, best);
        if (end instanceof TrainingEnd.Failed failed) {
            throw failed.complaint("; " + model + " holds the best until epoch " + epochs + ", to go on from");
        }
        if (end instanceof TrainingEnd.Stopped) {
            Say.line("stopped after epoch %d; go on with --resume. %s holds the best so far", epochs, model);
        }
    }

    /**
     * Writes the model of a training that is a step of something larger, and of use only if it is whole.
     *
     * @return false, and nothing is written, if it was stopped
     * @throws InputException if it failed
     */
    boolean writeIfCompleted(Model best, TrainingEnd end) {
        if (end instanceof TrainingEnd.Failed failed) {
            throw failed.complaint("");
        }
        if (end instanceof TrainingEnd.Stopped) {
            return false;
        }
        ModelFile.write(model, best);
        return true;
    }

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
