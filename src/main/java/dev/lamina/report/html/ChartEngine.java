package dev.lamina.report.html;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/*
 * ECharts draws on a server as it does in a browser, but for the measuring of text, which it then estimates. It needs no more of its
 * surroundings than setTimeout, with which it would begin an animation.
 *
 * Rhino interprets: the library is too large for one class, so that compiling it would fail after some seconds and end in
 * interpreting, too. No class of Java's is visible to scripts.
 */
/**
 * Draws charts as SVG, with ECharts in a JavaScript engine. Making one takes about a second, a chart some tenths of one. To be
 * used and closed by the thread that made it.
 */
final class ChartEngine implements AutoCloseable {

    private static final String DRAW = """
            function draw(option, width, height) {
              var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
              chart.setOption(JSON.parse(option));
              var svg = chart.renderToSVGString();
              chart.dispose();
              return svg;
            }
            function setTimeout() { return 0; }
            function clearTimeout() {}
            """;

    private static final int MARGIN = 16;
    private static final int TITLE = 44;

    private final Context context;
    private final ScriptableObject scope;

    ChartEngine() {
        context = new ContextFactory().enterContext();
        try {
            context.setInterpretedMode(true);
            context.setLanguageVersion(Context.VERSION_ES6);
            scope = context.initSafeStandardObjects();
            context.evaluateString(scope, DRAW, "draw", 1, null);
            context.evaluateString(scope, ChartLibrary.source(), "echarts", 1, null);
        } catch (RuntimeException e) {
            Context.exit();
            throw e;
        }
    }

    /** The chart as an SVG document with its title, in light colours on white. */
    String svg(Chart chart) {
        Object[] arguments = {
            Json.text(Palette.LIGHT.paint(chart.option())), chart.width().pixels(), chart.height()
        };
        Object svg =
                ((Function) scope.get("draw", scope)).call(context, scope, Undefined.SCRIPTABLE_UNDEFINED, arguments);
        return framed(chart, Context.toString(svg));
    }

    /** The drawing inside a larger one, with a margin and its title. */
    private static String framed(Chart chart, String svg) {
        int width = chart.width().pixels() + 2 * MARGIN;
        int height = chart.height() + TITLE + MARGIN;
        String title = Page.escape(chart.title());
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 "
                + width + " " + height + "\">\n<title>" + title + "</title>\n"
                + "<rect width=\"" + width + "\" height=\"" + height + "\" fill=\"#ffffff\"/>\n"
                + "<text x=\"" + MARGIN + "\" y=\"28\" font-family=\"sans-serif\" font-size=\"15\" font-weight=\"600\""
                + " fill=\"#1d2126\">" + title + "</text>\n"
                + svg.replaceFirst("<svg ", "<svg x=\"" + MARGIN + "\" y=\"" + TITLE + "\" ")
                + "\n</svg>\n";
    }

    @Override
    public void close() {
        Context.exit();
    }
}
