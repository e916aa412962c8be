package dev.lamina.train;

import dev.lamina.io.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.collections.api.factory.primitive.DoubleLists;
import org.eclipse.collections.api.list.primitive.ImmutableDoubleList;

/** How the learning rate goes through a training: a factor on the recipe's rate for each point of the way. */
public sealed interface Schedule {

    /**
     * The factor on the learning rate.
     *
     * @param progress the part of all steps that is behind, within [0, 1)
     */
    double factor(double progress);

    /** Always 1. */
    record Constant() implements Schedule {

        @Override
        public double factor(double progress) {
            return 1;
        }

        @Override
        public String toString() {
            return "constant";
        }
    }

    /**
     * Multiplied by {@code factor} at each milestone.
     *
     * @param milestones parts of the training, ascending, each within (0, 1)
     * @param factor above 0 and at most 1
     */
    record Step(ImmutableDoubleList milestones, double factor) implements Schedule {

        @Override
        public double factor(double progress) {
            return Math.pow(factor, milestones.count(milestone -> progress >= milestone));
        }

        @Override
        public String toString() {
            return "step x" + factor + " at " + milestones;
        }
    }

    /** Half a cosine, from 1 down to 0: (1 + cos(π·progress)) / 2 [1]. */
    record Cosine() implements Schedule {

        @Override
        public double factor(double progress) {
            return between(1, 0, progress);
        }

        @Override
        public String toString() {
            return "cosine";
        }
    }

    /**
     * One cycle [2]: along half a cosine from 1/25 up to 1, then along another down to 1/250,000; both ends are
     * PyTorch's.
     *
     * @param warmUp the part of the training that goes up, within (0, 1)
     */
    record OneCycle(double warmUp) implements Schedule {

        private static final double FIRST = 1 / 25.0;
        private static final double LAST = FIRST / 10_000;

        @Override
        public double factor(double progress) {
            return progress < warmUp
                    ? between(FIRST, 1, progress / warmUp)
                    : between(1, LAST, (progress - warmUp) / (1 - warmUp));
        }

        @Override
        public String toString() {
            return "one-cycle, warm-up " + warmUp;
        }
    }

    /*
     * [1] I. Loshchilov, F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", ICLR 2017.
     * [2] L. N. Smith, N. Topin, "Super-convergence", 2017.
     */

    /** Reads {@code type} (constant, step, cosine or one-cycle) and that type's keys. */
    static Schedule parse(Settings section) {
        Schedule schedule = switch (section.choice("type", Kind.class)) {
            case CONSTANT -> new Constant();
            case STEP -> new Step(milestones(section), section.real("factor", 1e-6, 1));
            case COSINE -> new Cosine();
            case ONE_CYCLE -> new OneCycle(section.real("warm-up", 0.001, 0.999, 0.3));
        };
        section.done();
        return schedule;
    }

    private static ImmutableDoubleList milestones(Settings section) {
        List<Double> milestones = new ArrayList<>();
        double last = 0;
        for (String text : section.texts("milestones")) {
            double milestone;
            try {
                milestone = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                milestone = Double.NaN;
            }
            if (!(milestone > last && milestone < 1)) {
                throw section.wrong(
                        "milestones",
                        String.format(Locale.ROOT, "milestone %s is not above %s and below 1", text, last),
                        "give parts of the training in ascending order, such as [0.6, 0.8, 0.9]");
            }
            milestones.add(milestone);
            last = milestone;
        }
        if (milestones.isEmpty()) {
            throw section.wrong("milestones", "a step schedule without milestones", "give at least one, such as [0.5]");
        }
        return DoubleLists.immutable.ofAll(milestones.stream().mapToDouble(Double::doubleValue));
    }

    private static double between(double first, double last, double part) {
        return last + (first - last) * (1 + Math.cos(Math.PI * part)) / 2;
    }

    /** The types as they are written in a configuration. */
    enum Kind {
        CONSTANT,
        STEP,
        COSINE,
        ONE_CYCLE
    }
}
