package dev.lamina.train;

import dev.lamina.io.Settings;

/** The rule by which weights follow their gradient. Weight decay is the L2 kind: it adds {@code decay·w} to it. */
public sealed interface Descent {

    /** The learning rate that the schedule multiplies, above 0. */
    double learningRate();

    /** The factor of the weights that is added to their gradient, at least 0. */
    double weightDecay();

    /**
     * Stochastic gradient descent.
     *
     * @param learningRate above 0
     * @param momentum the part of the last step that goes into the next, within [0, 1)
     * @param weightDecay at least 0
     */
    record Sgd(double learningRate, double momentum, double weightDecay) implements Descent {

        @Override
        public String toString() {
            return "sgd, learning rate " + learningRate + ", momentum " + momentum + ", weight decay " + weightDecay;
        }
    }

    /**
     * Adam with its usual moments (0.9, 0.999).
     *
     * @param learningRate above 0
     * @param weightDecay at least 0
     */
    record Adam(double learningRate, double weightDecay) implements Descent {

        @Override
        public String toString() {
            return "adam, learning rate " + learningRate + ", weight decay " + weightDecay;
        }
    }

    /** Reads {@code type} (sgd or adam) and that type's keys. */
    static Descent parse(Settings section) {
        Kind kind = section.choice("type", Kind.class);
        double learningRate = section.real("learning-rate", 1e-9, 100);
        double weightDecay = section.real("weight-decay", 0, 1, 0);
        Descent descent = switch (kind) {
            case SGD -> new Sgd(learningRate, section.real("momentum", 0, 0.9999, 0), weightDecay);
            case ADAM -> new Adam(learningRate, weightDecay);
        };
        section.done();
        return descent;
    }

    /** The types as they are written in a configuration. */
    enum Kind {
        SGD,
        ADAM
    }
}
