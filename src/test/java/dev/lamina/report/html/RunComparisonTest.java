package dev.lamina.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunComparisonTest {

    @TempDir
    Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void write() throws IOException {
        first = Files.createDirectories(folder.resolve("float"));
        Files.writeString(first.resolve("run.json"), RunFixture.run(1).toString());
        ObjectNode other = RunFixture.run(2);
        other.put("accuracy", 0.9775).put("arithmetic", "fixed16");
        ((ObjectNode) other.at("/energy/0")).put("total", 1.7272e-6);
        second = Files.createDirectories(folder.resolve("fixed")).resolve("run.json");
        Files.writeString(second, other.toString());
    }

    @Test
    void textHasAColumnForEachRun() {
        String text = RunComparison.read(List.of(first, second)).text();
        List<String> lines =
                text.lines().map(line -> line.strip().replaceAll(" {2,}", "|")).toList();
        assertEquals("figure|float|fixed", lines.get(0));
        assertTrue(lines.contains("arithmetic|float32|fixed16"), text);
        assertTrue(lines.contains("accuracy|98.75 %|97.75 % (-1.00)"), text);
        assertTrue(lines.contains("energy on cmos45-fp32|3.45 µJ|1.73 µJ (-50.0 %)"), text);
        assertTrue(lines.contains("samples|10,000|10,000 (=)"), text);
        assertTrue(lines.contains("In brackets: the difference from float"), text);
    }

    @Test
    void largeChangesAreFactors() throws IOException {
        assertEquals("2,150 (÷ 2,349)", synops(5_050_540, 2_150));
        assertEquals("990 (-99.9 %)", synops(1_000_000, 990));
        assertEquals("400 (÷ 2,500)", synops(1_000_000, 400));
        assertEquals("0 (-100.0 %)", synops(1_000_000, 0));
        assertEquals("10,000 (+900.0 %)", synops(1_000, 10_000));
        assertEquals("23,400 (× 23.4)", synops(1_000, 23_400));
        assertEquals("5,000", synops(0, 5_000));
    }

    /** How the second run's synaptic operations of a sample are shown. */
    private String synops(long before, long after) throws IOException {
        for (Path file : List.of(first.resolve("run.json"), second)) {
            ObjectNode run = RunFixture.run(1);
            run.put("synops", 10_000 * (file.equals(second) ? after : before));
            Files.writeString(file, run.toString());
        }
        RunComparison comparison = RunComparison.read(List.of(first, second));
        String key = comparison.titles().entrySet().stream()
                .filter(entry -> entry.getValue().equals("synops/sample"))
                .findFirst()
                .orElseThrow()
                .getKey();
        return comparison.shown(1, key);
    }

    @Test
    void jsonHasValuesAndDifferences() throws IOException {
        JsonNode root = new ObjectMapper()
                .readTree(RunComparison.read(List.of(first, second)).json());
        assertEquals("fixed", root.at("/runs/1/name").textValue());
        for (JsonNode figure : root.get("figures")) {
            assertEquals(2, figure.get("values").size());
            assertEquals(2, figure.get("differences").size());
            if (figure.get("figure").textValue().equals("accuracy")) {
                assertEquals(-0.01, figure.at("/differences/1").doubleValue(), 1e-12);
            }
        }
    }

    @Test
    void runsMayLackFigures() throws IOException {
        Path least = Files.writeString(
                folder.resolve("least.json"), RunFixture.leastRun().toString());
        String text = RunComparison.read(List.of(least, first)).text();
        assertTrue(text.contains("least"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("  energy on loihi +– +121 µJ")), text);
        String page = RunComparison.read(List.of(least, least)).html();
        assertTrue(page.contains("id=\"figures\""));
        assertFalse(page.contains("id=\"charts\""));
    }

    @Test
    void sameNamesAreToldApart() {
        String text = RunComparison.read(List.of(first, first)).text();
        assertTrue(text.contains("1 " + first) && text.contains("2 " + first), text);
    }

    @Test
    void pageHasBothChartsAndEscapes() throws IOException {
        Path evil = Files.writeString(
                folder.resolve("<img src=x>&.json"), Files.readString(second).replace("fixed16", "<script>x"));
        String page = RunComparison.read(List.of(first, evil)).html().replace(ChartLibrary.source(), "");
        assertTrue(page.contains("Most accurate is float with 98.75 %; least energy, on cmos45-fp32, takes &lt;img"));
        assertTrue(page.contains("data-chart=\"1\""));
        assertFalse(page.contains("<img") || page.contains("<script>x"));
        assertFalse(page.contains("charts/"), "there are no files beside it");
    }
}
