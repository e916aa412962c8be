package dev.lamina.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison takes from a run.
 *
 * @param name what tables and charts call it
 * @param file its document
 * @param figures its figures, in the order of tables
 * @param accuracyByTimestep from 0 to 1; empty if it is not known
 */
record ComparedRun(String name, String file, List<Figure> figures, double[] accuracyByTimestep) {

    /** What a figure is measured in. */
    enum Unit {
        /** A part of 1. */
        PART,
        /** A number of things. */
        COUNT,
        JOULES,
        /** One energy by another. */
        RATIO,
        PER_SECOND,
        /** No figure but a word. */
        WORD
    }

    /**
     * A figure.
     *
     * @param key its name for programs
     * @param title its name for people
     * @param unit its unit
     * @param value the number, 0 for a word
     * @param word the word, empty for a number
     */
    record Figure(String key, String title, Unit unit, double value, String word) {}

    static ComparedRun of(String name, RunDocument run) {
        RunNode root = run.root();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("network", "network", Unit.WORD, 0, run.network()));
        word(figures, root, "dataset", "data set");
        word(figures, root, "encoder", "encoder");
        word(figures, root, "arithmetic", "arithmetic");
        figures.add(number("samples", "samples", Unit.COUNT, (double) run.samples()));
        figures.add(number("timesteps", "time steps (T)", Unit.COUNT, run.timesteps()));
        figures.add(number("accuracy", "accuracy", Unit.PART, run.accuracy()));
        mean(figures, run, "spikes", "spikes/sample");
        mean(figures, run, "synops", "synops/sample");
        mean(figures, run, "neuron_updates", "neuron updates/sample");
        for (EnergyFigures energy : run.energies()) {
            String profile = energy.profile();
            figures.add(number(
                    "joules_per_sample_" + profile,
                    "energy on " + profile,
                    Unit.JOULES,
                    energy.parts().total()));
            energy.ratio()
                    .ifPresent(ratio ->
                            figures.add(number("ratio_" + profile, "SNN : ANN on " + profile, Unit.RATIO, ratio)));
        }
        root.optionalNumber("samples_per_second")
                .ifPresent(speed -> figures.add(number("samples_per_second", "samples/s", Unit.PER_SECOND, speed)));
        root.optionalNumber("synops_per_second")
                .ifPresent(speed -> figures.add(number("synops_per_second", "synops/s", Unit.PER_SECOND, speed)));
        return new ComparedRun(name, root.source(), List.copyOf(figures), root.numbers("accuracy_by_timestep"));
    }

    private static void word(List<Figure> figures, RunNode root, String key, String title) {
        root.optionalText(key).ifPresent(word -> figures.add(new Figure(key, title, Unit.WORD, 0, word)));
    }

    private static void mean(List<Figure> figures, RunDocument run, String key, String title) {
        if (run.root().has(key)) {
            figures.add(number(
                    key + "_per_sample",
                    title,
                    Unit.COUNT,
                    run.perSample(run.root().count(key))));
        }
    }

    private static Figure number(String key, String title, Unit unit, double value) {
        return new Figure(key, title, unit, value, "");
    }
}
