package dev.lamina.cli;

import dev.lamina.data.Dataset;
import dev.lamina.io.InputException;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.Quantity;
import dev.lamina.report.TextTable;
import dev.lamina.train.ScaleSearch;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The k that serves a model's time steps best, searched on training samples with its progress shown.
 *
 * @param model the model with its thresholds times that k
 * @param candidates all that were tried
 */
record SearchedScale(SpikingModel model, ImmutableList<ScaleSearch.Candidate> candidates) {

    static final int SAMPLES = 300;

    /**
     * Searches.
     *
     * @param baseline a model converted with k = 1
     * @param source what complaints call it
     */
    static SearchedScale of(SpikingModel baseline, Dataset train, long seed, String source) {
        try (Progress progress = new Progress("searching k", (long) SAMPLES * ScaleSearch.CANDIDATES.size())) {
            ImmutableList<ScaleSearch.Candidate> candidates = ScaleSearch.run(baseline, train, SAMPLES, seed, () -> {
                progress.step();
                if (Interruption.requested()) {
                    throw InputException.stopped("stopped before all k were tried", source, "start again");
                }
            });
            double best = ScaleSearch.best(candidates).scale();
            return new SearchedScale(ScaleSearch.scaled(baseline, best), candidates);
        }
    }

    /** What each k gave. */
    String table() {
        TextTable table = new TextTable("k", "accuracy on " + SAMPLES + " training samples");
        candidates.forEach(
                candidate -> table.row(Quantity.number(candidate.scale(), 1), Quantity.percent(candidate.accuracy())));
        return table.render();
    }
}
