package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.model.ValidationSplit;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import java.nio.file.Path;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRecipeTest {

    private static final String MINIMAL =
            "dataset = mnist, epochs = 3, batch = 8, optimiser { type = adam, learning-rate = 0.01 },"
                    + " validation { size = 10 }";

    private static TrainingRecipe parse(String text) {
        return TrainingRecipe.parse(Settings.parse(text, "recipe.conf"));
    }

    @Test
    void minimalRecipeHasDefaults() {
        assertEquals(
                new TrainingRecipe(
                        "mnist",
                        3,
                        8,
                        new Descent.Adam(0.01, 0),
                        new Schedule.Constant(),
                        Augmentation.NONE,
                        Precision.FLOAT32,
                        0,
                        new ValidationSplit(10, ValidationSplit.Draw.END, 0),
                        Integer.MAX_VALUE,
                        1,
                        "mnist"),
                parse(MINIMAL));
    }

    @Test
    void everyKeyIsRead() {
        assertEquals(
                new TrainingRecipe(
                        "cifar10",
                        300,
                        64,
                        new Descent.Sgd(0.1, 0.9, 0.0005),
                        new Schedule.Step(DoubleLists.immutable.of(0.6, 0.8), 0.1),
                        Augmentation.CROP_FLIP,
                        Precision.BFLOAT16,
                        0.1,
                        new ValidationSplit(5000, ValidationSplit.Draw.SEEDED, 4),
                        Integer.MAX_VALUE,
                        -7,
                        "photographs"),
                parse("""
                        dataset = cifar10, epochs = 300, batch = 64, seed = -7, label = photographs, label-smoothing = 0.1
                        optimiser { type = sgd, learning-rate = 0.1, momentum = 0.9, weight-decay = 0.0005 }
                        schedule { type = step, milestones = [0.6, 0.8], factor = 0.1 }
                        augmentation = crop-flip, precision = bfloat16, validation { size = 5000, draw = seeded, seed = 4 }
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epochs = 0 | epochs",
                "epochs = 1.5 | epochs",
                "batch = 0 | batch",
                "batch = many | batch",
                "sed = 1 | unknown key 'sed'",
                "seed = 0.5 | seed",
                "augmentation = mixup | augmentation",
                "validation.size = 0 | validation.size",
                "validation.draw = test | validation.draw",
                "validation.part = 1 | unknown key 'validation.part'",
                "optimiser.type = rmsprop | optimiser.type",
                "optimiser.learning-rate = 0 | optimiser.learning-rate",
                "optimiser.learning-rate = -1 | optimiser.learning-rate",
                "optimiser.weight-decay = 2 | optimiser.weight-decay",
                "optimiser.momentum = 0.9 | unknown key 'optimiser.momentum'",
                "optimiser { type = sgd, momentum = 1 } | optimiser.momentum",
                "schedule { type = linear } | schedule.type",
                "schedule { type = cosine, factor = 0.1 } | unknown key 'schedule.factor'",
                "schedule { type = step, factor = 0.1 } | without milestones",
                "schedule { type = step, milestones = [], factor = 0.1 } | without milestones",
                "schedule { type = step, milestones = [0.5, 0.5], factor = 0.1 } | milestone 0.5",
                "schedule { type = step, milestones = [1], factor = 0.1 } | milestone 1",
                "schedule { type = step, milestones = [half], factor = 0.1 } | milestone half",
                "schedule { type = step, milestones = [0.5], factor = 0 } | schedule.factor",
                "schedule { type = step, milestones = [0.5], factor = 2 } | schedule.factor",
                "schedule { type = one-cycle, warm-up = 1 } | schedule.warm-up",
                "dataset = null | dataset"
            })
    void refusalNamesFileAndKey(String change, String complaint) {
        InputException e = assertThrows(InputException.class, () -> parse(MINIMAL + "\n" + change));

        assertTrue(e.getMessage().contains(complaint), e.getMessage());
        assertTrue(e.getMessage().contains("recipe.conf"), e.getMessage());
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
    }

    @ParameterizedTest
    @CsvSource({
        "lenet5, 1, 61470, 416520, 6518",
        "vgg5, 3, 50595520, 108765184, 139274",
        "vgg9, 3, 32065216, 281780224, 231434",
        "vgg16, 3, 39917248, 338403328, 284682"
    })
    void shippedModelIsTheOneOfThePaper(String name, int channels, long weights, long macs, long neurons) {
        Settings settings = Settings.read(Path.of("models", name + ".conf"));
        Network network = Network.parse(settings.section("network"));
        TrainingRecipe.parse(settings.section("training"));
        settings.optionalSection("fine-tuning").ifPresent(FineTuningRecipe::parse);
        settings.section("preprocessing");
        settings.done();

        assertEquals(name, network.name());
        assertEquals(new Shape(channels, 32, 32), network.input());
        assertEquals(Shape.flat(10), network.output());
        assertEquals(neurons, network.neurons());
        assertEquals(weights, network.weights());
        assertEquals(macs, network.macs());
    }
}
