package dev.lamina.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server's own account of a load, when it is over, held against that of the clients. */
final class Books {

    private static final byte[] METRICS =
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<String> lines;

    /** Asks the server. */
    Books(URI server) throws IOException {
        try (Connection connection = new Connection(server, 1 << 16, in -> in)) {
            lines = connection.ask(METRICS).lines();
        }
    }

    /** What does not agree with the tally; nothing if all is well. */
    List<String> objections(Tally tally) {
        List<String> objections = new ArrayList<>();
        expect(objections, "lamina_samples_answered_total", tally.samples());
        expect(objections, "lamina_samples_given_up_total", 0);
        expect(objections, "lamina_samples_in_flight", 0);
        expect(objections, "lamina_requests_in_flight", 0);
        expect(objections, "lamina_model_swaps_total", tally.answers(Kind.PUSH));
        expect(objections, "lamina_model_swaps_refused_total", 0);
        expect(objections, "requests of status 429", tally.refusals(), sum("status=\"429\""));
        expect(objections, "requests of status 200", tally.answers(), sum("status=\"200\""));
        return objections;
    }

    private void expect(List<String> objections, String metric, long expected) {
        expect(objections, metric, expected, sum(metric + " "));
    }

    private static void expect(List<String> objections, String what, long expected, long said) {
        if (said != expected) {
            objections.add("the server says " + said + ", the clients " + expected + ": " + what);
        }
    }

    /** The sum of the metrics whose line has that part. */
    private long sum(String part) {
        return (long) lines.stream()
                .filter(line -> !line.startsWith("#") && line.contains(part))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
