package dev.lamina.report.html;

import java.util.Optional;

/**
 * The mean energy that a sample has taken up to each time step, under the first profile.
 *
 * @param profile the profile's name
 * @param joules by time step
 */
record EnergyCurve(String profile, double[] joules) {

    static Optional<EnergyCurve> of(RunDocument run) {
        return run.root()
                .object("anytime")
                .flatMap(anytime -> anytime.object("energy"))
                .flatMap(energy -> energy.keys().stream()
                        .filter(key -> run.energies().isEmpty()
                                || key.equals(run.energies().get(0).profile()))
                        .findFirst()
                        .map(key -> new EnergyCurve(key, energy.numbers(key)))
                        .filter(curve -> curve.joules().length > 0));
    }

    String name() {
        return "energy per sample on " + profile;
    }

    double last() {
        return joules[joules.length - 1];
    }

    Scale scale() {
        return Scale.upTo(last(), "J");
    }
}
