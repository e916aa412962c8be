package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.model.ValidationSplit;
import dev.lamina.model.ValidationSplit.Draw;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingSplitTest {

    private static final Dataset DATA = TinyNetworks.stripes(50, 1);

    private static TrainingRecipe recipe(int epochSamples) {
        return new TrainingRecipe(
                "stripes",
                1,
                4,
                new Descent.Adam(0.1, 0),
                new Schedule.Constant(),
                Augmentation.NONE,
                Precision.FLOAT32,
                0,
                new ValidationSplit(10, Draw.END, 0),
                epochSamples,
                1,
                "stripes");
    }

    private static TrainingSplit split(Draw draw, long seed) {
        return TrainingSplit.of(DATA, new ValidationSplit(10, draw, seed));
    }

    @Test
    void endHoldsTheLastSamplesBack() {
        assertArrayEquals(IntStream.range(40, 50).toArray(), split(Draw.END, 1).validation());
    }

    @Test
    void drawDividesAllSamplesByTheSeed() {
        TrainingSplit split = split(Draw.SEEDED, 1);

        int[] all = IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.validation()))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, 50).toArray(), all);
        assertArrayEquals(split(Draw.SEEDED, 1).validation(), split.validation());
        assertFalse(Arrays.equals(split(Draw.SEEDED, 2).validation(), split.validation()));
    }

    /** So a model's provenance tells what may be validated on. */
    @Test
    void smallerSplitIsWithinTheLargerOne() {
        for (Draw draw : Draw.values()) {
            ValidationSplit large = new ValidationSplit(30, draw, 5);
            ValidationSplit small = new ValidationSplit(7, draw, 5);
            Set<Integer> held = Arrays.stream(TrainingSplit.of(DATA, large).validation())
                    .boxed()
                    .collect(Collectors.toSet());
            for (int sample : TrainingSplit.of(DATA, small).validation()) {
                assertTrue(held.contains(sample));
            }
            assertTrue(small.isWithin(large));
            assertFalse(large.isWithin(small));
            assertEquals(Optional.of(small), large.common(small));
        }
        ValidationSplit other = new ValidationSplit(7, Draw.SEEDED, 6);
        assertEquals(Optional.empty(), other.common(new ValidationSplit(30, Draw.SEEDED, 5)));
        assertEquals(Optional.empty(), other.common(new ValidationSplit(30, Draw.END, 6)));
    }

    @Test
    void eachEpochHasAnOrderOfItsOwn() {
        TrainingSplit split = split(Draw.END, 1);
        TrainingRecipe recipe = recipe(Integer.MAX_VALUE);

        int[] first = split.order(recipe, 1);
        assertArrayEquals(first, split.order(recipe, 1));
        assertFalse(Arrays.equals(first, split.order(recipe, 2)));
        assertArrayEquals(
                IntStream.range(0, 40).toArray(), Arrays.stream(first).sorted().toArray());
    }

    @Test
    void shortEpochHasTheFirstOfItsOrder() {
        TrainingSplit split = split(Draw.END, 1);

        int[] all = split.order(recipe(Integer.MAX_VALUE), 3);
        assertArrayEquals(Arrays.copyOf(all, 7), split.order(recipe(7), 3));
    }
}
