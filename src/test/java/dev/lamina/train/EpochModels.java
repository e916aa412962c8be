package dev.lamina.train;

import dev.lamina.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the model of each epoch. */
final class EpochModels implements TrainingListener {

    private final List<Model> models = new ArrayList<>();

    @Override
    public void progressed(TrainingProgress progress) {
        // The models alone are kept.
    }

    @Override
    public void epochEnded(Supplier<Model> model) {
        models.add(model.get());
    }

    List<Model> models() {
        return models;
    }

    /** Whether one of them has the same weights in the first layer. */
    boolean hasWeightsOf(Model other) {
        return models.stream()
                .anyMatch(model ->
                        Arrays.equals(model.weights().tensor(0), other.weights().tensor(0)));
    }
}
