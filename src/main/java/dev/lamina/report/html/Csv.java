package dev.lamina.report.html;

import java.util.List;
import java.util.stream.Collectors;

/** A table as comma-separated values (RFC 4180, lines ended by a line feed): a line of column names, then the raw cells. */
final class Csv {

    private Csv() {}

    /** The file's text. */
    static String render(DataTable table) {
        StringBuilder text = new StringBuilder();
        text.append(line(table.columns().stream().map(DataTable.Column::key).toList()));
        table.rows().forEach(row -> text.append(line(row.stream().map(Cell::raw).toList())));
        return text.toString();
    }

    private static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
