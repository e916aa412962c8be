package dev.lamina.report.html;

import java.util.List;

/** A table in a page. */
final class TableMarkup {

    private static final String TEXT = " class=\"text\"";

    private TableMarkup() {}

    /** Appends the table, in a box that scrolls by itself where the page is narrow. */
    static void append(StringBuilder html, DataTable table) {
        List<List<Cell>> rows = List.copyOf(table.rows());
        boolean[] words = new boolean[table.columns().size()];
        int columnsOfWords = 0;
        for (int i = 0; i < words.length; i++) {
            int column = i;
            words[i] = rows.stream().map(row -> row.get(column)).anyMatch(TableMarkup::isText);
            columnsOfWords += i > 0 && words[i] ? 1 : 0;
        }
        // A narrow page shows each row of words as a list.
        boolean wordy = columnsOfWords > 0 && words.length > 2;
        html.append("<div class=\"scroll\" tabindex=\"0\"><table" + (wordy ? " class=\"wordy\"" : "") + ">\n");
        if (table.columns().stream().anyMatch(column -> !column.title().isEmpty())) {
            html.append("<thead><tr>");
            for (int i = 0; i < words.length; i++) {
                html.append("<th scope=\"col\"" + (words[i] ? TEXT : "") + ">")
                        .append(Page.escape(table.columns().get(i).title()))
                        .append("</th>");
            }
            html.append("</tr></thead>\n");
        }
        html.append("<tbody>\n");
        for (List<Cell> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < words.length; i++) {
                String title = wordy
                        ? " data-title=\"" + Page.escape(table.columns().get(i).title()) + "\""
                        : "";
                html.append(i == 0 ? "<th scope=\"row\">" : "<td" + (words[i] ? TEXT : "") + title + ">")
                        .append(Page.escape(row.get(i).shown()))
                        .append(i == 0 ? "</th>" : "</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    /** Columns of words are set to the left, those of figures to the right. */
    private static boolean isText(Cell cell) {
        return cell.raw().equals(cell.shown()) && cell.raw().chars().anyMatch(Character::isLetter);
    }
}
