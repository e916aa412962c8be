package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.report.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which classes are taken for which. */
final class ConfusionSection {

    /** Longer names do not stand side by side. */
    private static final int LONG_NAME = 4;

    /** With more classes there is no room for numbers in the cells. */
    private static final int MAX_LABELLED = 12;

    private static final int MISTAKES = 10;

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
                List.of(chart(classes, counts), mistakes(classes, counts), table(classes, counts))));
    }

    private static String lead(List<String> classes, List<double[]> counts) {
        String worst = pairs(classes, counts).stream()
                .filter(Pair::wrong)
                .max(Comparator.comparingLong(Pair::samples))
                .map(pair -> "The most frequent mistake: " + pair.truth() + " taken for " + pair.prediction() + ", "
                        + Quantity.count(pair.samples()) + " times.")
                .orElse("Here is none.");
        return "Each row is a true class, each column what it was taken for, each cell the number of samples. Right answers are"
                + " blue and on the diagonal; mistakes are orange, the stronger the more frequent. "
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
                if (count == 0) {
                    continue;
                }
                boolean diagonal = row == column;
                ObjectNode cell = (diagonal ? right : wrong).addObject();
                cell.set("value", Json.numbers(column, row, count));
                if (labelled) {
                    boolean strong = count > STRONG * (diagonal ? mostRight : mostWrong);
                    cell.putObject("label")
                            .put("show", true)
                            .put("color", strong ? "--on-strong" : "--ink")
                            .put("formatter", Quantity.count((long) count));
                }
            }
        }
        boolean aslant = classes.stream().anyMatch(name -> name.length() > LONG_NAME);
        ChartOption option = new ChartOption(List.of())
                .below(Axis.category("taken for", classes).allLabels(labelled).slanted(aslant))
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
                Math.min(760, (aslant ? 116 : 76) + 36 * Math.max(4, classes.size())),
                labelled ? Chart.Width.HALF : Chart.Width.FULL);
    }

    static ObjectNode colours(int series, double max, String weak, String strong) {
        ObjectNode map = Json.of("{type: 'continuous', min: 0, show: false, inRange: {}}")
                .put("max", max)
                .put("seriesIndex", series);
        map.withObject("/inRange").putArray("color").add(weak).add(strong);
        return map;
    }

    /** How often a class was taken for one, itself or another. */
    private record Pair(String truth, String prediction, long samples, double share, boolean wrong) {}

    private static List<Pair> pairs(List<String> classes, List<double[]> counts) {
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < classes.size(); row++) {
            double all = Math.max(1, Arrays.stream(counts.get(row)).sum());
            for (int column = 0; column < classes.size(); column++) {
                double count = counts.get(row)[column];
                pairs.add(new Pair(classes.get(row), classes.get(column), (long) count, count / all, row != column));
            }
        }
        return pairs;
    }

    private static DataTable mistakes(List<String> classes, List<double[]> counts) {
        return new DataTable.Of<Pair>()
                .column("true_class", "true class", pair -> Cell.text(pair.truth()))
                .column("predicted_class", "taken for", pair -> Cell.text(pair.prediction()))
                .column("samples", "samples", pair -> Cell.count(pair.samples()))
                .column("share", "of the class", pair -> Cell.percent(pair.share()))
                .table(
                        "mistakes",
                        "The most frequent mistakes",
                        DataTable.Place.BESIDE,
                        pairs(classes, counts).stream()
                                .filter(pair -> pair.wrong() && pair.samples() > 0)
                                .sorted(Comparator.comparingLong(Pair::samples).reversed())
                                .limit(MISTAKES)
                                .toList());
    }

    private static DataTable table(List<String> classes, List<double[]> counts) {
        return new DataTable.Of<Pair>()
                .column("true_class", "true class", pair -> Cell.text(pair.truth()))
                .column("predicted_class", "taken for", pair -> Cell.text(pair.prediction()))
                .column("samples", "samples", pair -> Cell.count(pair.samples()))
                .table(
                        "confusion",
                        "Samples by true and by predicted class",
                        DataTable.Place.FILE,
                        pairs(classes, counts));
    }
}
