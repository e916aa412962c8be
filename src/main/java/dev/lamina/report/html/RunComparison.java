package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.io.OneLine;
import dev.lamina.report.JsonReport;
import dev.lamina.report.Quantity;
import dev.lamina.report.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs side by side: their figures, and how each differs from the first run's. Immutable. */
public final class RunComparison {

    private static final double MANY_TIMES = 10;

    private final List<ComparedRun> runs;

    private RunComparison(List<ComparedRun> runs) {
        this.runs = runs;
    }

    /**
     * Reads runs.
     *
     * @param files files {@code run.json}, or their folders
     * @throws dev.lamina.io.InputException if one cannot be read or is no run
     */
    public static RunComparison read(List<Path> files) {
        List<String> names = names(files);
        List<ComparedRun> runs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            RunNode root = RunNode.root(RunFile.read(files.get(i)), files.get(i).toString());
            runs.add(ComparedRun.of(names.get(i), RunDocument.of(root)));
        }
        return new RunComparison(List.copyOf(runs));
    }

    /** The file that a run is read from: {@code run.json} of a folder, or the file that is named itself. */
    public static Path file(Path fileOrFolder) {
        return RunFile.in(fileOrFolder);
    }

    /** The runs, in the order they were given. */
    List<ComparedRun> runs() {
        return runs;
    }

    /** A table for a terminal. */
    public String text() {
        List<String> head = new ArrayList<>(List.of("figure"));
        runs.forEach(run -> head.add(run.name()));
        TextTable table = new TextTable(head.toArray(new String[0]));
        titles().forEach((key, title) -> {
            List<String> row = new ArrayList<>(List.of(title));
            for (int i = 0; i < runs.size(); i++) {
                row.add(shown(i, key));
            }
            table.row(row.toArray(new String[0]));
        });
        return table.render() + "\nIn brackets: the difference from "
                + OneLine.of(runs.get(0).name()) + "\n";
    }

    /** A JSON document: each figure with a value for each run, null where it has none, and its difference from the first's. */
    public String json() {
        ObjectNode root = Json.of("{}");
        ArrayNode list = root.putArray("runs");
        runs.forEach(run -> list.addObject().put("name", run.name()).put("file", run.file()));
        ArrayNode figures = root.putArray("figures");
        titles().forEach((key, title) -> {
            ObjectNode figure = figures.addObject().put("figure", key);
            ArrayNode values = figure.putArray("values");
            ArrayNode differences = figure.putArray("differences");
            Optional<ComparedRun.Figure> first = find(0, key).filter(f -> f.unit() != ComparedRun.Unit.WORD);
            for (int i = 0; i < runs.size(); i++) {
                Optional<ComparedRun.Figure> found = find(i, key);
                if (found.isEmpty()) {
                    values.addNull();
                } else if (found.get().unit() == ComparedRun.Unit.WORD) {
                    values.add(found.get().word());
                } else {
                    values.add(found.get().value());
                }
                if (first.isPresent() && found.isPresent()) {
                    differences.add(found.get().value() - first.get().value());
                } else {
                    differences.addNull();
                }
            }
        });
        return JsonReport.render(root);
    }

    /** A page with charts, in one HTML file. */
    public String html() {
        return ComparisonPage.render(this);
    }

    /** The figures that any run has: their keys and titles. */
    Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        runs.forEach(run -> run.figures().forEach(figure -> titles.putIfAbsent(figure.key(), figure.title())));
        return titles;
    }

    /** A run's figure. */
    Optional<ComparedRun.Figure> find(int run, String key) {
        return runs.get(run).figures().stream()
                .filter(figure -> figure.key().equals(key))
                .findFirst();
    }

    /** A run's figure in words, and how it differs from the first run's. */
    String shown(int run, String key) {
        Optional<ComparedRun.Figure> figure = find(run, key);
        if (figure.isEmpty()) {
            return "–";
        }
        Optional<ComparedRun.Figure> first = find(0, key);
        String words = words(figure.get());
        return run == 0 || first.isEmpty() ? words : words + difference(first.get(), figure.get());
    }

    private static String words(ComparedRun.Figure figure) {
        double value = figure.value();
        return switch (figure.unit()) {
            case WORD -> figure.word();
            case PART -> Quantity.percent(value);
            case COUNT -> Quantity.number(value, value == Math.rint(value) || value >= 1000 ? 0 : 1);
            case JOULES -> Quantity.scaled(value, "J");
            case RATIO -> Headline.times(value);
            case PER_SECOND -> Headline.amount(value);
        };
    }

    private static String difference(ComparedRun.Figure first, ComparedRun.Figure other) {
        if (first.unit() == ComparedRun.Unit.WORD || other.unit() == ComparedRun.Unit.WORD) {
            return "";
        }
        double difference = other.value() - first.value();
        if (difference == 0) {
            return " (=)";
        }
        if (first.unit() == ComparedRun.Unit.PART) {
            return String.format(Locale.ROOT, " (%+.2f)", 100 * difference);
        }
        return first.value() == 0 ? "" : " (" + change(first.value(), other.value()) + ")";
    }

    /** In percent, where these tell something: not of what grew many times, nor of a small rest. */
    private static String change(double from, double to) {
        if (to / from > MANY_TIMES) {
            return "× " + factor(to / from);
        }
        String percent = String.format(Locale.ROOT, "%+.1f", 100 * (to - from) / from);
        return percent.equals("-100.0") && to != 0 ? "÷ " + factor(from / to) : percent + " %";
    }

    private static String factor(double factor) {
        return Quantity.number(factor, factor < 1000 ? 1 : 0);
    }

    /** The shortest names that tell files apart: of the folder of a run.json, of the file, or the whole path. */
    private static List<String> names(List<Path> files) {
        List<String> names = new ArrayList<>();
        for (Path file : files) {
            Path absolute = file.toAbsolutePath().normalize();
            Path parent = absolute.getParent();
            Path last = absolute.endsWith("run.json") && parent != null ? parent.getFileName() : absolute.getFileName();
            names.add(last == null ? file.toString() : last.toString().replaceFirst("\\.json$", ""));
        }
        Set<String> distinct = new HashSet<>(names);
        if (distinct.size() == names.size()) {
            return names;
        }
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            numbered.add((i + 1) + " " + files.get(i));
        }
        return numbered;
    }
}
