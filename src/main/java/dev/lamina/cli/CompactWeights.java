package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.model.SpikingModel;
import java.nio.file.Path;

/** A model whose weights fit 16 bits. */
final class CompactWeights {

    private CompactWeights() {}

    /**
     * The model with its weights rounded to float16.
     *
     * @throws InputException if one is too large for it
     */
    static SpikingModel of(SpikingModel model, Path target) {
        try {
            return model.withWeights(model.weights().toFloat16())
                    .withProvenance(model.provenance()
                            .then(
                                    "weights rounded to float16",
                                    model.provenance().seed()));
        } catch (IllegalArgumentException e) {
            throw InputException.file(
                    String.valueOf(e.getMessage()), target.toString(), "leave --float16 out; nothing was written", e);
        }
    }
}
