package dev.lamina.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvTest {

    @Test
    void everythingComesBack() {
        List<String> texts = List.of("plain", "", "a,b", "say \"no\"", "two\nlines", "\r", " spaces ", "é µ –", "\"");
        DataTable table = new DataTable.Of<String>()
                .column("text", "text", Cell::text)
                .column("length", "length", text -> Cell.count(text.length()))
                .table("t", "t", DataTable.Place.FILE, texts);
        List<List<String>> rows = parse(Csv.render(table));
        assertEquals(List.of("text", "length"), rows.get(0));
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(List.of(texts.get(i), Integer.toString(texts.get(i).length())), rows.get(i + 1));
        }
        assertEquals(texts.size() + 1, rows.size());
    }

    @Test
    void numbersKeepAllDigits() {
        assertEquals("0.1234567890123", Cell.percent(0.1234567890123).raw());
        assertEquals("1.234567E-6", Cell.scaled(1.234567e-6, "J").raw());
        assertEquals("1.23 µJ", Cell.scaled(1.234567e-6, "J").shown());
        assertEquals("12345", Cell.number(12345, 1).raw());
        assertEquals("12,345.0", Cell.number(12345, 1).shown());
    }

    @Test
    void figuresOfARunComeBack() {
        RunDocument run = RunDocument.of(RunNode.root(RunFixture.run(3), "run.json"));
        for (Section section : RunReport.sections(run)) {
            section.tables().forEach(table -> {
                List<List<String>> rows = parse(Csv.render(table));
                assertEquals(table.rows().size() + 1, rows.size(), table.name());
                for (int i = 0; i < table.rows().size(); i++) {
                    assertEquals(table.rows().get(i).stream().map(Cell::raw).toList(), rows.get(i + 1), table.name());
                }
            });
        }
    }

    /** A reader of RFC 4180. */
    private static List<List<String>> parse(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return rows;
    }
}
