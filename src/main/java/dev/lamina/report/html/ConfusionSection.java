package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which classes are taken for which. */
final class ConfusionSection {

    /** With more classes there is no room for numbers in the cells. */
    private static final int MAX_LABELLED = 20;

    /** From this part of the strongest colour on, dark and light text change places. */
    private static final double STRONG = 0.5;

    private ConfusionSection() {}

    static Optional<Section> of(RunDocument run) {
        Optional<RunNode> node = run.root().object("confusion");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<String> classes = node.get().texts("classes");
        List<double[]> counts = node.get().rows("counts");
        if (classes.isEmpty()
                || counts.size() != classes.size()
                || counts.stream().anyMatch(row -> row.length != classes.size())) {
            throw node.get().complaint("counts", "is not a row and a column for each of 'classes'");
        }
        return Optional.of(new Section(
                "confusion",
                "Which classes are mixed up",
                lead(classes, counts),
                List.of(chart(classes, counts), table(classes, counts))));
    }

    private static String lead(List<String> classes, List<double[]> counts) {
        int from = -1;
        int to = -1;
        for (int row = 0; row < classes.size(); row++) {
            for (int column = 0; column < classes.size(); column++) {
                double count = counts.get(row)[column];
                if (row != column && count > 0 && (from < 0 || count > counts.get(from)[to])) {
                    from = row;
                    to = column;
                }
            }
        }
        String worst = from < 0
                ? "Here is none."
                : "The most frequent mistake: " + classes.get(from) + " taken for " + classes.get(to) + ", "
                        + Quantity.count((long) counts.get(from)[to]) + " times.";
        return "Each row is a true class, each column what it was taken for, each cell the number of samples. Right answers are"
                + " blue and on the diagonal; the darker a cell of the other colour, the more frequent that mistake. "
                + worst;
    }

    private static Chart chart(List<String> classes, List<double[]> counts) {
        boolean labelled = classes.size() <= MAX_LABELLED;
        double mostRight = 1;
        double mostWrong = 1;
        for (int row = 0; row < classes.size(); row++) {
            for (int column = 0; column < classes.size(); column++) {
                double count = counts.get(row)[column];
                mostRight = row == column ? Math.max(mostRight, count) : mostRight;
                mostWrong = row == column ? mostWrong : Math.max(mostWrong, count);
            }
        }
        ArrayNode right = Json.array();
        ArrayNode wrong = Json.array();
        for (int row = 0; row < classes.size(); row++) {
            for (int column = 0; column < classes.size(); column++) {
                double count = counts.get(row)[column];
                boolean diagonal = row == column;
                ObjectNode cell = (diagonal ? right : wrong).addObject();
                cell.set("value", Json.numbers(column, row, count));
                if (labelled && count > 0) {
                    boolean strong = count > STRONG * (diagonal ? mostRight : mostWrong);
                    cell.putObject("label")
                            .put("show", true)
                            .put("color", strong ? "--on-strong" : "--ink")
                            .put("formatter", Quantity.count((long) count));
                }
            }
        }
        ChartOption option = new ChartOption(List.of(), Chart.Width.FULL)
                .below(Axis.category("taken for", classes).allLabels(labelled))
                .left(Axis.category("true class", classes).downwards().allLabels(labelled))
                .series(Series.cells("right", right))
                .series(Series.cells("wrong", wrong))
                .tellsItems();
        option.base()
                .withArray("visualMap")
                .add(colours(0, mostRight, "--weak", "--strong"))
                .add(colours(1, mostWrong, "--weak-error", "--strong-error"));
        return new Chart(
                "confusion",
                "Samples by true and by predicted class",
                option.build(),
                Math.min(760, 110 + 34 * Math.max(4, classes.size())),
                Chart.Width.FULL);
    }

    static ObjectNode colours(int series, double max, String weak, String strong) {
        ObjectNode map = Json.of("{type: 'continuous', min: 0, show: false, inRange: {}}")
                .put("max", max)
                .put("seriesIndex", series);
        map.withObject("/inRange").putArray("color").add(weak).add(strong);
        return map;
    }

    private static DataTable table(List<String> classes, List<double[]> counts) {
        record Pair(String truth, String prediction, long samples) {}
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < classes.size(); row++) {
            for (int column = 0; column < classes.size(); column++) {
                pairs.add(new Pair(classes.get(row), classes.get(column), (long) counts.get(row)[column]));
            }
        }
        return new DataTable.Of<Pair>()
                .column("true_class", "true class", pair -> Cell.text(pair.truth()))
                .column("predicted_class", "taken for", pair -> Cell.text(pair.prediction()))
                .column("samples", "samples", pair -> Cell.count(pair.samples()))
                .table("confusion", "Samples by true and by predicted class", DataTable.Place.FILE, pairs);
    }
}
