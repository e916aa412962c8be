package dev.lamina.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

final class RunReportTest {

    /** What makes each section of the page. */
    private static final Map<String, String> SECTIONS = Map.of(
            "accuracy", "accuracy_by_timestep",
            "energy", "energy",
            "raster", "raster",
            "confusion", "confusion",
            "mesh", "mapping",
            "neurobench", "neurobench");

    @Test
    void writesPagePicturesAndTables(@TempDir Path folder) throws Exception {
        RunReport.write(folder.resolve("new"), RunFixture.reread(RunFixture.run(1)));
        String page = Files.readString(folder.resolve("new/report.html"));
        List<Path> pictures = list(folder.resolve("new/charts"));
        assertEquals(11, pictures.size(), pictures.toString());
        for (Path picture : pictures) {
            Document svg =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
            assertEquals("svg", svg.getDocumentElement().getTagName());
            assertTrue(svg.getElementsByTagName("path").getLength() > 1, picture + " is empty");
            assertFalse(Files.readString(picture).contains("\"--"), picture + " has colours without value");
            assertTrue(page.contains("href=\"charts/" + picture.getFileName() + "\""), picture.toString());
        }
        assertTrue(page.contains("href=\"timesteps.csv\""));
        assertEquals(
                1 + RunFixture.TIMESTEPS,
                Files.readAllLines(folder.resolve("new/timesteps.csv")).size());
        try (Stream<Path> files = Files.walk(folder)) {
            assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".")));
        }
    }

    /** A run whose accuracy falls again: where it ends must not be cut off. */
    @Test
    void accuracyAgainstEnergyReachesDownToTheLastTimeStep(@TempDir Path folder) throws Exception {
        ObjectNode run = RunFixture.run(1);
        ArrayNode curve = (ArrayNode) run.get("accuracy_by_timestep");
        curve.set(curve.size() - 1, curve.numberNode(0.155));
        ((ArrayNode) run.get("anytime").get("accuracy")).set(curve.size() - 1, curve.numberNode(0.155));
        run.put("accuracy", 0.155);
        RunReport.write(folder, RunFixture.reread(run));
        assertTrue(Files.readString(folder.resolve("report.html")).contains("accuracy (%), from 15 on"));
    }

    @Test
    void nothingOfAnEarlierReportIsLeftBesideANewOne(@TempDir Path folder) throws Exception {
        ObjectNode first = RunFixture.run(1);
        Files.writeString(folder.resolve("run.json"), first.toString());
        RunReport.write(folder, first);
        Path foreign = Files.writeString(folder.resolve("mine.csv"), "mine");
        assertTrue(Files.exists(folder.resolve("charts/raster.svg")));

        RunReport.begin(folder);

        assertEquals(List.of(), list(folder.resolve("charts")));
        assertEquals(List.of(folder.resolve("charts"), foreign, folder.resolve("run.json")), list(folder));
        Files.writeString(folder.resolve("run.json"), "damaged");
        RunReport.begin(folder);
    }

    @Test
    void placeWhereNothingCanBeWrittenIsToldBeforeTheWork(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(taken.resolve("charts"), "");
        for (Path place : List.of(file, file.resolve("below"), taken)) {
            InputException e = assertThrows(InputException.class, () -> RunReport.check(place));
            assertEquals(InputException.Kind.FILE, e.kind());
            assertTrue(
                    String.valueOf(e.getMessage()).startsWith("cannot write a report there: " + place), e.getMessage());
        }
        RunReport.check(folder.resolve("new"));
        RunReport.check(folder.resolve("new"));
    }

    @Test
    void pageSaysWhatMatters() {
        String page = page(RunFixture.run(1));
        for (String part : new String[] {
            "<h1>lenet5 on mnist</h1>",
            "After 100 time steps (T) the spiking network puts 98.75 % of 10,000 test samples into the right class. On"
                    + " cmos45-fp32 an inference takes 3.45 µJ: 0.82 times the energy of the ordinary network&#39;s"
                    + " multiply-accumulates.",
            "The most frequent mistake: 4 taken for 9, 14 times.",
            "The network does not fit: layer conv2 needs 38 cores",
            "simulate sim-configs/lenet5-mnist.conf --report out/lenet5",
        }) {
            assertTrue(page.contains(part), part);
        }
    }

    @Test
    void pageLoadsNothing() {
        String page = page(RunFixture.run(1));
        assertTrue(
                page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"));
        String own = page.replace(ChartLibrary.source(), "");
        assertFalse(Pattern.compile("https?:|//[a-z]|@import|url\\(", Pattern.CASE_INSENSITIVE)
                .matcher(own.replaceAll("(?m)^ *// .*$", ""))
                .find());
        assertFalse(Pattern.compile("<(script|img|iframe|object|embed|link)[^>]*(src|href)=")
                .matcher(own)
                .find());
        assertFalse(ChartLibrary.source().toLowerCase(Locale.ROOT).contains("</script"));
        assertFalse(ChartLibrary.source().contains("<!--"));
    }

    @Test
    void namesCannotBreakOut() {
        String evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{b}\u2028--c1";
        ObjectNode run = RunFixture.run(1);
        run.withObject("/model").put("network", evil).put("file", evil);
        run.put("dataset", evil).put("split", evil).put("command", evil);
        ((ObjectNode) run.at("/layers/0")).put("name", evil);
        ((ObjectNode) run.at("/energy/0"))
                .put("profile", evil)
                .put("source", evil)
                .put("leaves_out", evil);
        ((ObjectNode) run.at("/raster/populations/0")).put("name", evil);
        ((ObjectNode) run.at("/mapping/0")).put("profile", evil);
        ((ObjectNode) run.at("/mapping/0/cores/0")).put("layer", evil);
        ((ObjectNode) run.at("/mapping/1")).put("complaint", evil);
        String page = page(run).replace(ChartLibrary.source(), "");
        assertFalse(page.contains("<script>alert"));
        assertFalse(page.contains("<img"));
        assertEquals(3, count(page, "<script"));
        assertEquals(3, count(page, "</script"));
        assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"));
        assertTrue(page.contains("\\u003c/script>\\u003cscript>alert(1)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accuracy", "energy", "raster", "confusion", "mesh", "neurobench"})
    void sectionComesAndGoesWithItsKey(String section) {
        ObjectNode run = RunFixture.run(1);
        assertTrue(ids(run).contains(section));
        run.remove(SECTIONS.get(section));
        assertFalse(ids(run).contains(section));
        assertEquals(8, ids(run).size());
    }

    @Test
    void histogramsComeAndGoWithTheirKeys() {
        ObjectNode run = RunFixture.run(1);
        assertTrue(ids(run).contains("firing"));
        for (JsonNode layer : run.get("layers")) {
            ((ObjectNode) layer)
                    .remove(List.of("rate_histogram", "isi_histogram", "silent_neurons", "saturated_neurons"));
        }
        assertFalse(ids(run).contains("firing"));
    }

    @Test
    void withoutHiddenLayersThereIsNoCardOfFiringRates() {
        ObjectNode run = RunFixture.run(1);
        assertTrue(page(run).contains("Firing rate: spikes a neuron"));
        ArrayNode layers = (ArrayNode) run.get("layers");
        while (layers.size() > 1) {
            layers.remove(0);
        }
        String page = page(run);
        assertFalse(page.contains("Firing rate: spikes a neuron"));
        assertFalse(page.contains("those on the left"));
        assertTrue(page.contains("Synaptic operations of a sample"));
    }

    @Test
    void leastRunHasAPageToo() {
        ObjectNode run = RunFixture.leastRun();
        assertEquals(List.of("layers", "origin"), ids(run));
        assertTrue(page(run).contains("<h1>tiny on its data set</h1>"));
    }

    @Test
    void chartsAreReadableAsColoursOfBothThemes() {
        for (Section section : sections(RunFixture.run(1))) {
            section.charts().forEach(chart -> {
                for (Palette palette : List.of(Palette.LIGHT, Palette.DARK)) {
                    Matcher left = Pattern.compile("olor\":\"--")
                            .matcher(palette.paint(chart.option()).toString());
                    assertFalse(left.find(), chart.name());
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/model/network 5",
                "/samples 0",
                "/samples -1",
                "/samples 1.5",
                "/timesteps \"ten\"",
                "/accuracy \"high\"",
                "/layers {}",
                "/layers []",
                "/layers/1 7",
                "/layers/1/name 7",
                "/layers/1/synops -7",
                "/layers/1/rate 1e999",
                "/layers/0/rate_histogram/edges [0]",
                "/layers/0/isi_histogram [\"a\"]",
                "/energy/0/profile null",
                "/energy/0/total \"\"",
                "/anytime []",
                "/anytime/exits/0/margin \"\"",
                "/confusion/counts [[1]]",
                "/raster/populations/0/neuron [1]",
                "/mapping/0/columns 0",
                "/mapping/0/cores/0/layer 3",
            })
    void wrongKeyIsOneLine(String pathAndValue) throws IOException {
        String path = pathAndValue.substring(0, pathAndValue.indexOf(' '));
        JsonNode value = new ObjectMapper().readTree(pathAndValue.substring(pathAndValue.indexOf(' ') + 1));
        ObjectNode run = RunFixture.run(1);
        String parent = path.substring(0, path.lastIndexOf('/'));
        String key = path.substring(path.lastIndexOf('/') + 1);
        JsonNode holder = run.at(parent);
        if (holder.isArray()) {
            ((ArrayNode) holder).set(Integer.parseInt(key), value);
        } else {
            ((ObjectNode) holder).set(key, value);
        }
        InputException complaint = assertThrows(InputException.class, () -> sections(run));
        String message = String.valueOf(complaint.getMessage());
        assertTrue(message.contains("run.json: give the run.json of 'simulate --report', unchanged"), message);
        assertFalse(message.contains("\n"));
    }

    private static List<Section> sections(ObjectNode run) {
        return RunReport.sections(RunDocument.of(RunNode.root(run, "run.json")));
    }

    private static List<String> ids(ObjectNode run) {
        return sections(run).stream().map(Section::id).toList();
    }

    private static String page(ObjectNode run) {
        return RunReport.page(RunDocument.of(RunNode.root(run, "run.json")));
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
