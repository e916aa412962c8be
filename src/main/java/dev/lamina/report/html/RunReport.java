package dev.lamina.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run's report: a page, its charts as pictures, and its figures as tables for other programs. */
public final class RunReport {

    private static final String PAGE = "report.html";

    private RunReport() {}

    /**
     * Begins a report: the page of an earlier one in the folder is deleted, so that a page is always one of the files beside it.
     *
     * @throws InputException if the disk refuses
     */
    public static void begin(Path directory) {
        Path page = directory.resolve(PAGE);
        try {
            Files.deleteIfExists(page);
        } catch (IOException e) {
            throw InputException.file(
                    "cannot replace the report", page.toString(), "free or choose another place (" + e + ")", e);
        }
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
                    .forEach(table -> write(directory.resolve(table.name() + ".csv"), Csv.render(table)));
        }
        try (ChartEngine engine = new ChartEngine()) {
            for (Section section : sections) {
                section.charts()
                        .forEach(chart ->
                                write(directory.resolve("charts").resolve(chart.name() + ".svg"), engine.svg(chart)));
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
