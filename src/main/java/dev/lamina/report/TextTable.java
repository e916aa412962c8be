package dev.lamina.report;

import dev.lamina.io.OneLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table for a terminal: the first column to the left, the others to the right. Cells may be of unknown origin: they are made
 * {@link OneLine}. Not thread-safe.
 */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    /** A table with a head. */
    public TextTable(String... head) {
        row(head);
    }

    /** Adds a row; it may be shorter than the head. */
    public TextTable row(String... cells) {
        rows.add(Arrays.stream(cells).map(OneLine::of).toArray(String[]::new));
        return this;
    }

    /** The table, each line indented by two spaces and ended. */
    public String render() {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < rows.get(r).length; i++) {
                String cell = rows.get(r)[i];
                String space = " ".repeat(widths[i] - cell.length());
                line.append(GAP).append(i == 0 ? cell + space : space + cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (r == 0) {
                int width = columns * GAP.length();
                for (int w : widths) {
                    width += w;
                }
                text.append(GAP).append("─".repeat(width - GAP.length())).append('\n');
            }
        }
        return text.toString();
    }
}
