package dev.lamina.cli;

import dev.lamina.cli.Measurements.Measurement;
import dev.lamina.io.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** A row of the paper's figure 9 as it was reproduced, beside the paper's; as Markdown. */
final class ReproducedRow {

    private static final String NONE = "";
    private static final String HYBRID = "hybrid ";

    private final String label;
    private final PaperRow paper;
    private final long seed;
    private final String hybrids;
    private final Map<String, String> cells = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<InputException> failure = Optional.empty();
    private String made = NONE;
    private int testSamples;
    private double seconds;

    /**
     * @param label what row it is
     * @param seed of all that was random
     * @param hybrids how the hybrids were made, in words; told once there is one
     */
    ReproducedRow(String label, PaperRow paper, long seed, String hybrids) {
        this.label = label;
        this.paper = paper;
        this.seed = seed;
        this.hybrids = hybrids;
    }

    /** @param history how the ordinary network was made */
    void ann(Measurement measurement, ImmutableList<String> history) {
        made = history.isEmpty() ? NONE : " The ordinary network: " + history.makeString("; ") + ".";
        testSamples = measurement.samples();
        put("ANN", measurement, NONE);
    }

    void baseline(int timesteps, Measurement measurement) {
        put("baseline " + timesteps, measurement, NONE);
    }

    void scaled(int timesteps, Measurement measurement, double scale) {
        put("scaled " + timesteps, measurement, String.format(Locale.ROOT, " (k = %s)", scale));
    }

    void hybrid(int timesteps, Measurement measurement) {
        put(HYBRID + timesteps, measurement, NONE);
    }

    void conversion(Measurement measurement) {
        put("long", measurement, NONE);
    }

    /**
     * Says how far a training is that is not done.
     *
     * @param training what is trained
     * @param validation the best accuracy, from 0 to 1
     */
    void note(String training, int epochs, int of, double validation) {
        String best = epochs == 0 ? "" : String.format(Locale.ROOT, ", validation %.2f %%", 100 * validation);
        notes.add(String.format(Locale.ROOT, "%s, after %d of %d epochs%s", training, epochs, of, best));
    }

    /** Notes that a training led nowhere, which ends the row. */
    void failed(InputException complaint) {
        failure = Optional.of(complaint);
    }

    /** What the training that led nowhere is complained of by. */
    Optional<InputException> failure() {
        return failure;
    }

    private void put(String cell, Measurement measurement, String more) {
        cells.put(cell, cell(measurement) + more);
        seconds += measurement.seconds();
    }

    private String cell(Measurement measurement) {
        if (measurement.samples() == 0) {
            return "–";
        }
        String percent = String.format(Locale.ROOT, "%.2f", measurement.percent());
        return measurement.samples() == testSamples
                ? percent
                : percent + String.format(Locale.ROOT, " of the first %,d", measurement.samples());
    }

    /** The table. */
    String markdown() {
        List<String> head = new ArrayList<>(List.of(label, "ANN"));
        List<String> ours = new ArrayList<>(List.of("reproduced", got("ANN")));
        List<String> theirs = new ArrayList<>(List.of("the paper", number(paper.ann())));
        add(
                head,
                ours,
                theirs,
                String.format(Locale.ROOT, "conversion, T = %,d", paper.enough()),
                got("long"),
                number(paper.conversion()));
        for (PaperRow.Reduced reduced : paper.reduced()) {
            int t = reduced.timesteps();
            add(head, ours, theirs, "baseline, T = " + t, got("baseline " + t), NONE);
            add(head, ours, theirs, "scaled, T = " + t, got("scaled " + t), number(reduced.converted()));
            add(head, ours, theirs, "hybrid, T = " + t, got(HYBRID + t), number(reduced.hybrid()));
        }
        StringBuilder text = new StringBuilder();
        line(text, head);
        line(text, head.stream().map(cell -> "---").toList());
        line(text, ours);
        line(text, theirs);
        notes.forEach(
                note -> text.append('\n').append("Not done: ").append(note).append('\n'));
        text.append('\n')
                .append("Seed ")
                .append(seed)
                .append(hasHybrids() ? "; " + hybrids : "")
                .append('.')
                .append(made);
        if (testSamples > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    " Evaluated on %,d test samples, the spiking networks event by event, in %,.0f s.",
                    testSamples,
                    seconds));
        }
        return text.append('\n').toString();
    }

    private boolean hasHybrids() {
        return !hybrids.isEmpty() && cells.keySet().stream().anyMatch(cell -> cell.startsWith(HYBRID));
    }

    private String got(String cell) {
        return cells.getOrDefault(cell, "–");
    }

    private static String number(double percent) {
        return String.format(Locale.ROOT, "%.2f", percent);
    }

    private static void add(
            List<String> head, List<String> ours, List<String> theirs, String title, String our, String their) {
        head.add(title);
        ours.add(our);
        theirs.add(their);
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
