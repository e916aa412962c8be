package dev.lamina.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long requests took, by their kind, to three digits. Recording is thread-safe and waits for nobody; the rest is for one
 * thread.
 */
final class Latencies {

    private static final double MICROS_PER_MILLI = 1000;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final int DIGITS = 3;

    private final Map<Kind, Recorder> recorders = new EnumMap<>(Kind.class);
    private final Map<Kind, Histogram> totals = new EnumMap<>(Kind.class);

    Latencies() {
        for (Kind kind : Kind.values()) {
            recorders.put(kind, new Recorder(DIGITS));
            totals.put(kind, new Histogram(DIGITS));
        }
    }

    /** A request took so long, from when it was sent, or was to be sent, to the last byte of its answer. */
    void record(Kind kind, long nanos) {
        recorders.get(kind).recordValue(nanos / 1000);
    }

    /** Forgets what was recorded. */
    void forget() {
        recorders.values().forEach(Recorder::reset);
        totals.values().forEach(Histogram::reset);
    }

    /** What was recorded of a kind, in microseconds. */
    Histogram of(Kind kind) {
        Histogram total = totals.get(kind);
        total.add(recorders.get(kind).getIntervalHistogram());
        return total;
    }

    /** Writes the whole distribution of each kind, in milliseconds, to a file of that name, as HdrHistogram's plotters read it. */
    void write(Path folder) throws IOException {
        for (Kind kind : Kind.values()) {
            Path file = folder.resolve(kind.name().toLowerCase(Locale.ROOT) + ".hgrm");
            try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.US_ASCII)) {
                of(kind).outputPercentileDistribution(out, MICROS_PER_MILLI);
            }
        }
    }

    /** A table of percentiles, in Markdown. */
    String table() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| latency in ms | requests | 50 % | 90 % | 99 % | 99.9 % | longest |");
        table.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (Kind kind : Kind.values()) {
            Histogram histogram = of(kind);
            StringJoiner row = new StringJoiner(" | ", "| ", " |");
            row.add(kind.title()).add(String.format(Locale.ROOT, "%,d", histogram.getTotalCount()));
            for (double percentile : PERCENTILES) {
                row.add(String.format(
                        Locale.ROOT, "%,.1f", histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI));
            }
            table.add(row.toString());
        }
        return table.toString();
    }
}
