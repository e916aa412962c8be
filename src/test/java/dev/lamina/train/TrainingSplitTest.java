package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lamina.data.Dataset;
import dev.lamina.train.TrainingRecipe.ValidationDraw;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingSplitTest {

    private static final Dataset DATA = TinyNetworks.stripes(50, 1);

    private static TrainingRecipe recipe(ValidationDraw draw, int epochSamples, long seed) {
        return new TrainingRecipe(
                "stripes",
                1,
                4,
                new Descent.Adam(0.1, 0),
                new Schedule.Constant(),
                Augmentation.NONE,
                Precision.FLOAT32,
                0,
                10,
                draw,
                epochSamples,
                seed,
                "stripes");
    }

    private static TrainingSplit split(ValidationDraw draw, long seed) {
        return TrainingSplit.of(DATA, recipe(draw, Integer.MAX_VALUE, seed));
    }

    @Test
    void endHoldsTheLastSamplesBack() {
        assertArrayEquals(
                IntStream.range(40, 50).toArray(), split(ValidationDraw.END, 1).validation());
    }

    @Test
    void drawDividesAllSamplesByTheSeed() {
        TrainingSplit split = split(ValidationDraw.SEEDED, 1);

        int[] all = IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.validation()))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, 50).toArray(), all);
        assertArrayEquals(split(ValidationDraw.SEEDED, 1).validation(), split.validation());
        assertFalse(Arrays.equals(split(ValidationDraw.SEEDED, 2).validation(), split.validation()));
    }

    @Test
    void eachEpochHasAnOrderOfItsOwn() {
        TrainingSplit split = split(ValidationDraw.END, 1);
        TrainingRecipe recipe = recipe(ValidationDraw.END, Integer.MAX_VALUE, 1);

        int[] first = split.order(recipe, 1);
        assertArrayEquals(first, split.order(recipe, 1));
        assertFalse(Arrays.equals(first, split.order(recipe, 2)));
        assertArrayEquals(
                IntStream.range(0, 40).toArray(), Arrays.stream(first).sorted().toArray());
    }

    @Test
    void shortEpochHasTheFirstOfItsOrder() {
        TrainingSplit split = split(ValidationDraw.END, 1);

        int[] all = split.order(recipe(ValidationDraw.END, Integer.MAX_VALUE, 1), 3);
        assertArrayEquals(Arrays.copyOf(all, 7), split.order(recipe(ValidationDraw.END, 7, 1), 3));
    }
}
