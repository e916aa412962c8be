package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final double EXACT = 1e-12;

    @Test
    void constantStays() {
        assertEquals(1, new Schedule.Constant().factor(0.99));
    }

    @Test
    void stepFallsAtItsMilestones() {
        Schedule step = new Schedule.Step(DoubleLists.immutable.of(0.5, 0.75), 0.1);

        assertEquals(1, step.factor(0.49), EXACT);
        assertEquals(0.1, step.factor(0.5), EXACT);
        assertEquals(0.1, step.factor(0.74), EXACT);
        assertEquals(0.01, step.factor(0.75), EXACT);
    }

    @Test
    void cosineFallsFromOneToZero() {
        Schedule cosine = new Schedule.Cosine();

        assertEquals(1, cosine.factor(0), EXACT);
        assertEquals((2 + Math.sqrt(2)) / 4, cosine.factor(0.25), EXACT);
        assertEquals(0.5, cosine.factor(0.5), EXACT);
        assertEquals(0, cosine.factor(1), EXACT);
    }

    @Test
    void oneCycleRisesAndFalls() {
        Schedule cycle = new Schedule.OneCycle(0.2);

        assertEquals(0.04, cycle.factor(0), EXACT);
        assertEquals(0.52, cycle.factor(0.1), EXACT);
        assertEquals(1, cycle.factor(0.2), EXACT);
        assertEquals((1 + 4e-6) / 2, cycle.factor(0.6), EXACT);
        assertEquals(4e-6, cycle.factor(1), EXACT);
    }
}
