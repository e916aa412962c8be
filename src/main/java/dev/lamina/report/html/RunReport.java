package dev.lamina.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run's report: a page, its charts as pictures, and its figures as tables for other programs. */
public final class RunReport {

    private static final String PAGE = "report.html";
    private static final String CHARTS = "charts";

    private RunReport() {}

    /**
     * Sees, before the work, that a report can be written into a folder, which is made if needed.
     *
     * @throws InputException if it can not
     */
    public static void check(Path directory) {
        Path charts = directory.resolve(CHARTS);
        try {
            Files.createDirectories(charts);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
        for (Path folder : List.of(directory, charts)) {
            if (!Files.isWritable(folder)) {
                throw unwritable(folder, new IOException("it may not be written to"));
            }
        }
    }

    private static InputException unwritable(Path folder, IOException e) {
        return InputException.file(
                "cannot write a report there", folder.toString(), "choose another folder (" + Reason.of(e) + ")", e);
    }

    /**
     * Begins a report: an earlier one in the folder is deleted, its page first, so that a page is always one of the files beside it. Which files
     * are its own, its {@code run.json} tells; others stay.
     *
     * @throws InputException if the disk refuses
     */
    public static void begin(Path directory) {
        List<Path> earlier = new ArrayList<>(List.of(directory.resolve(PAGE)));
        earlier.addAll(files(directory));
        for (Path file : earlier) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw InputException.file(
                        "cannot replace the report",
                        file.toString(),
                        "free or choose another place (" + Reason.of(e) + ")",
                        e);
            }
        }
    }

    /** The tables and charts of the run in a folder; none if there is no run that can be read. */
    private static List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>();
        try {
            for (Section section : sections(RunDocument.of(RunNode.root(RunFile.read(directory), "")))) {
                section.tables().forEach(table -> files.add(csv(directory, table)));
                section.charts().forEach(chart -> files.add(svg(directory, chart)));
            }
        } catch (InputException e) {
            return List.of();
        }
        return files;
    }

    private static Path csv(Path directory, DataTable table) {
        return directory.resolve(table.name() + ".csv");
    }

    private static Path svg(Path directory, Chart chart) {
        return directory.resolve(CHARTS).resolve(chart.name() + ".svg");
    }

    /**
     * Writes {@code report.html}, {@code charts/*.svg} and {@code *.csv} into a folder, which is made if needed. Each file is
     * written whole or not at all, the page last. What the document does not have is left out.
     *
     * @param directory the folder
     * @param run the document: see {@code docs/report.md}
     * @throws InputException if the document lacks what every run has, has something of a wrong kind, or the disk
     *     refuses
     */
    public static void write(Path directory, JsonNode run) {
        RunDocument document =
                RunDocument.of(RunNode.root(run, directory.resolve("run.json").toString()));
        List<Section> sections = sections(document);
        String page = Page.render(Headline.of(document), sections, true);
        for (Section section : sections) {
            section.tables()
                    .filter(table -> !table.rows().isEmpty())
                    .forEach(table -> write(csv(directory, table), Csv.render(table)));
        }
        try (ChartEngine engine = new ChartEngine()) {
            for (Section section : sections) {
                section.charts().forEach(chart -> write(svg(directory, chart), engine.svg(chart)));
            }
        }
        write(directory.resolve(PAGE), page);
    }

    /** The page alone, with links to the files beside it. */
    static String page(RunDocument document) {
        return Page.render(Headline.of(document), sections(document), true);
    }

    /** The sections, in the order of the page. */
    static List<Section> sections(RunDocument run) {
        List<Section> sections = new ArrayList<>();
        AccuracySection.of(run).ifPresent(sections::add);
        sections.add(LayerSection.of(run));
        EnergySection.of(run).ifPresent(sections::add);
        RasterSection.of(run).ifPresent(sections::add);
        HistogramSection.of(run).ifPresent(sections::add);
        ConfusionSection.of(run).ifPresent(sections::add);
        MeshSection.of(run).ifPresent(sections::add);
        NeurobenchSection.of(run).ifPresent(sections::add);
        sections.add(OriginSection.of(run));
        return sections;
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
