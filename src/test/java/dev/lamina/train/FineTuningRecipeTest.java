package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FineTuningRecipeTest {

    private static final String LEAST = """
            dataset = mnist
            timesteps = 10
            epochs = 2
            batch = 32
            optimiser { type = adam, learning-rate = 0.001 }
            validation { size = 100 }
            """;

    private static FineTuningRecipe parse(String text) {
        return FineTuningRecipe.parse(Settings.parse(text, "test.conf"));
    }

    @Test
    void defaultsAreThePapers() {
        FineTuningRecipe recipe = parse(LEAST);

        assertEquals(10, recipe.timesteps());
        assertEquals(Surrogate.DEFAULT, recipe.surrogate());
        assertEquals(FineTuningRecipe.Logits.SUM, recipe.logits());
        assertEquals(false, recipe.learnsThresholds());
        assertEquals(false, recipe.learnsLeak());
        assertEquals(0.001, recipe.neuronLearningRate());
        assertEquals(2, recipe.training().epochs());
        assertEquals(new Schedule.Constant(), recipe.training().schedule());
        assertEquals(Precision.FLOAT32, recipe.training().precision());
    }

    @Test
    void everyKeyIsRead() {
        FineTuningRecipe recipe = parse(LEAST + """
                surrogate { type = linear, gamma = 0.5 }
                logits = mean
                learn-thresholds = true
                learn-leak = yes
                neuron-learning-rate = 0.02
                precision = bfloat16
                """);

        assertEquals(new Surrogate.Linear(0.5), recipe.surrogate());
        assertEquals(FineTuningRecipe.Logits.MEAN, recipe.logits());
        assertTrue(recipe.learnsThresholds() && recipe.learnsLeak());
        assertEquals(0.02, recipe.neuronLearningRate());
        assertEquals(Precision.BFLOAT16, recipe.training().precision());
        assertTrue(recipe.history(1, 1, 0.5)
                .startsWith("fine-tuned by surrogate gradients over 10 time steps (linear, gamma 0.5): trained 1 of"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timesteps = 0 | key 'timesteps' is 0: ",
                "timesteps = 65537 | key 'timesteps' is 65537: ",
                "timesteps = null | missing key 'timesteps'",
                "logits = max | key 'logits' is max: test.conf line 7: give it one of sum, mean",
                "learn-leak = 3 | mistyped key 'learn-leak'",
                "neuron-learning-rate = 0 | key 'neuron-learning-rate' is 0.0: ",
                "surrogate = linear | mistyped key 'surrogate'",
                "surogate { type = linear } | unknown key 'surogate'",
                "surrogate { type = linear, x = 1 } | unknown key 'surrogate.x'",
                "epochs = 0 | key 'epochs' is 0: "
            })
    void wrongKeysAreRefused(String line, String complaint) {
        InputException e = assertThrows(InputException.class, () -> parse(LEAST + line));
        assertTrue(e.getMessage().startsWith(complaint), e.getMessage());
    }
}
