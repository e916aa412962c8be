package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.Quantity;
import dev.lamina.report.TextTable;
import dev.lamina.train.ScaleSearch;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The k that serves a model's time steps best, searched with its progress shown, on samples that the model was not trained on if it
 * tells which these are.
 *
 * @param model the model with its thresholds times that k
 * @param candidates all that were tried
 * @param samples what they were tried on, in words
 * @param count how many these are
 */
record SearchedScale(SpikingModel model, ImmutableList<ScaleSearch.Candidate> candidates, String samples, int count) {

    private static final int SAMPLES = 1000;

    /**
     * Searches.
     *
     * @param baseline a model converted with k = 1
     * @param source what complaints call it
     */
    static SearchedScale of(SpikingModel baseline, Dataset train, long seed, String source) {
        HeldBack.sayIfUnfit(baseline, train);
        int[] samples = ScaleSearch.samples(baseline, train, SAMPLES, seed);
        boolean unseen = baseline.provenance().unseen(train).isPresent();
        try (Progress progress = new Progress("searching k", (long) samples.length * ScaleSearch.CANDIDATES.size())) {
            ImmutableList<ScaleSearch.Candidate> candidates = ScaleSearch.run(baseline, train, samples, seed, () -> {
                progress.step();
                if (Interruption.requested()) {
                    throw InputException.stopped("stopped before all k were tried", source, "start again");
                }
            });
            double best = ScaleSearch.best(candidates).scale();
            return new SearchedScale(
                    ScaleSearch.scaled(baseline, best),
                    candidates,
                    String.format(
                            Locale.ROOT,
                            unseen ? "%,d samples held back from training" : "%,d training samples",
                            samples.length),
                    samples.length);
        }
    }

    /** What each k gave. */
    String table() {
        TextTable table = new TextTable("k", "accuracy on " + samples, "given up after");
        candidates.forEach(candidate -> table.row(
                Quantity.number(candidate.scale(), 1),
                candidate.samples() == 0 ? "" : Quantity.percent(candidate.accuracy()),
                candidate.samples() == count ? "" : Quantity.count(candidate.samples())));
        double taken = ScaleSearch.best(candidates).scale();
        return table.render() + "  taken: k = " + Quantity.number(taken, 1) + "\n";
    }
}
