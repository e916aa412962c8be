package dev.lamina.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/*
 * The page's own policy forbids it every request, so that not even a mistake in it could load something. Whatever comes from
 * the run goes through escape() into text or attributes, or through Json.text() into a block of data.
 */
/** A page of sections in one HTML file, with its style, its script and the chart library inside. Not thread-safe. */
final class Page {

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final StringBuilder html = new StringBuilder();
    private final List<Chart> charts = new ArrayList<>();

    private Page() {}

    /**
     * The page's text.
     *
     * @param beside whether the charts and tables also lie in files beside the page, to link to
     */
    static String render(Headline headline, List<Section> sections, boolean beside) {
        Page page = new Page();
        page.head(headline.title());
        page.headline(headline, sections);
        sections.forEach(section -> page.section(section, beside));
        page.foot();
        return page.html.toString();
    }

    private void head(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(escape(title))
                .append("</title>\n<style>\n:root{color-scheme:light;")
                .append(Palette.LIGHT.declarations())
                .append("}\n@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;")
                .append(Palette.DARK.declarations())
                .append("}}\n:root[data-theme=dark]{color-scheme:dark;")
                .append(Palette.DARK.declarations())
                .append("}\n")
                .append(resource("page.css"))
                .append("@media print{:root,:root:not([data-theme=light]),:root[data-theme=dark]{")
                .append(Palette.LIGHT.declarations())
                .append("}}\n</style>\n</head>\n<body>\n");
    }

    private void headline(Headline headline, List<Section> sections) {
        html.append("<header>\n<p class=\"brand\">Lamina</p>\n")
                .append("<button type=\"button\" id=\"theme\" hidden>Dark</button>\n<h1>")
                .append(escape(headline.title()))
                .append("</h1>\n<p class=\"verdict\">")
                .append(escape(headline.verdict()))
                .append("</p>\n")
                .append(headline.tiles().isEmpty() ? "" : "<ul class=\"tiles\">\n");
        for (Headline.Tile tile : headline.tiles()) {
            html.append("<li><span class=\"name\">")
                    .append(escape(tile.name()))
                    .append("</span><span class=\"figure\">")
                    .append(escape(tile.figure()))
                    .append("</span><span class=\"note\">")
                    .append(escape(tile.note()))
                    .append("</span></li>\n");
        }
        html.append(headline.tiles().isEmpty() ? "" : "</ul>\n").append("<nav aria-label=\"Sections\">\n");
        for (Section section : sections) {
            html.append("<a href=\"#")
                    .append(section.id())
                    .append("\">")
                    .append(escape(section.title()))
                    .append("</a>\n");
        }
        html.append("</nav>\n</header>\n<main>\n")
                .append("<noscript><p class=\"warning\">The charts of this page need JavaScript; the tables do not."
                        + "</p></noscript>\n");
    }

    private void section(Section section, boolean beside) {
        html.append("<section id=\"")
                .append(section.id())
                .append("\">\n<h2>")
                .append(escape(section.title()))
                .append("</h2>\n<p class=\"lead\">")
                .append(escape(section.lead()))
                .append("</p>\n<div class=\"blocks\">\n");
        for (Block block : section.blocks()) {
            if (block instanceof Chart chart) {
                chart(chart);
            } else if (block instanceof DataTable table) {
                table(table);
            } else if (block instanceof Note note) {
                note(note);
            }
        }
        html.append("</div>\n");
        if (beside) {
            files(section);
        }
        html.append("</section>\n");
    }

    private void chart(Chart chart) {
        html.append("<figure class=\"")
                .append(chart.width() == Chart.Width.HALF ? "half" : "full")
                .append("\">\n<figcaption>")
                .append(escape(chart.title()))
                .append("</figcaption>\n<div class=\"chart\" role=\"img\" aria-label=\"")
                .append(escape(chart.title()))
                .append("\" data-chart=\"")
                .append(charts.size())
                .append("\" style=\"height:")
                .append(chart.height())
                .append("px\"></div>\n</figure>\n");
        charts.add(chart);
    }

    private void table(DataTable table) {
        String caption = escape(table.caption());
        switch (table.place()) {
            case FILE -> {}
            case OPEN -> {
                html.append("<figure class=\"full\">\n<figcaption>" + caption + "</figcaption>\n");
                TableMarkup.append(html, table);
                html.append("</figure>\n");
            }
            case BESIDE -> {
                html.append("<figure class=\"half\">\n<figcaption>" + caption + "</figcaption>\n");
                TableMarkup.append(html, table);
                html.append("</figure>\n");
            }
            case FOLDED -> {
                html.append("<details class=\"full\"><summary>" + caption + "</summary>\n");
                TableMarkup.append(html, table);
                html.append("</details>\n");
            }
        }
    }

    private void note(Note note) {
        switch (note.kind()) {
            case HEADING ->
                html.append("<h3 class=\"full\">").append(escape(note.text())).append("</h3>\n");
            case PLAIN ->
                html.append("<p class=\"full\">").append(escape(note.text())).append("</p>\n");
            case WARNING ->
                html.append("<p class=\"full warning\">")
                        .append(escape(note.text()))
                        .append("</p>\n");
        }
    }

    private void files(Section section) {
        List<String> links = new ArrayList<>();
        section.tables().filter(table -> !table.rows().isEmpty()).forEach(table -> links.add(table.name() + ".csv"));
        section.charts().forEach(chart -> links.add("charts/" + chart.name() + ".svg"));
        if (links.isEmpty()) {
            return;
        }
        html.append("<p class=\"files\">Files beside this page: ");
        for (int i = 0; i < links.size(); i++) {
            html.append(i == 0 ? "" : ", ")
                    .append("<a href=\"")
                    .append(escape(links.get(i)))
                    .append("\">")
                    .append(escape(links.get(i)))
                    .append("</a>");
        }
        html.append("</p>\n");
    }

    private void foot() {
        ObjectNode data = Json.of("{}");
        charts.forEach(chart -> data.withArray("charts").add(chart.option()));
        html.append("</main>\n<footer><p>Made by Lamina. Charts: Apache ECharts, Apache License 2.0.</p></footer>\n")
                .append("<script type=\"application/json\" id=\"data\">")
                .append(Json.text(data))
                .append("</script>\n<script>\n")
                .append(ChartLibrary.source())
                .append("\n</script>\n<script>\n")
                .append(resource("page.js"))
                .append("</script>\n</body>\n</html>\n");
    }

    /** Text as it may stand in an element or in a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
