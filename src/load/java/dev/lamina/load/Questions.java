package dev.lamina.load;

import dev.lamina.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** What a client asks for, drawn at random. For one thread. */
final class Questions {

    /** Samples of its own that a client sends at a time. */
    static final int OWN_AT_A_TIME = 3;

    /** Samples of the data set that are streamed at a time. */
    static final int STREAMED = 100;

    /** The same, for a client that reads slowly: more than the buffers between it and the server hold. */
    static final int STREAMED_SLOWLY = 1500;

    private static final String SETTINGS = "\"timesteps\":" + Expectations.TIMESTEPS + ",\"seed\":" + Expectations.SEED;

    private final Expectations expectations;
    private final Random random;

    Questions(Expectations expectations, long seed) {
        this.expectations = expectations;
        random = new Random(seed);
    }

    /** The next of a kind that asks for samples. */
    Question next(Kind kind) {
        return switch (kind) {
            case RUN, PACED -> run(1, "");
            case STREAM -> run(STREAMED, "");
            case SLOW -> run(STREAMED_SLOWLY, ",\"predictions_by_timestep\":true");
            case SAMPLES -> samples();
            case PUSH -> throw new IllegalArgumentException("a push asks for no samples");
        };
    }

    private Question run(int wanted, String more) {
        int count = Math.min(wanted, expectations.served());
        int first = random.nextInt(expectations.served() - count + 1);
        return new Question(
                post("/runs", "{\"first\":" + first + ",\"count\":" + count + "," + SETTINGS + more + "}"),
                IntStream.range(first, first + count).toArray());
    }

    private Question samples() {
        int[] indices = random.ints(OWN_AT_A_TIME, 0, Expectations.OWN)
                .map(image -> Expectations.FIRST_OWN + image)
                .toArray();
        StringJoiner samples = new StringJoiner(",", "{\"samples\":[", "]," + SETTINGS + "}");
        for (int index : indices) {
            samples.add("{\"index\":" + index + ",\"values\":" + values(index - Expectations.FIRST_OWN) + "}");
        }
        return new Question(post("/samples", samples.toString()), indices);
    }

    private String values(int image) {
        Dataset own = expectations.own();
        StringJoiner values = new StringJoiner(",", "[", "]");
        for (int i = 0; i < own.shape().size(); i++) {
            values.add(Integer.toString(own.pixel(image, i)));
        }
        return values.toString();
    }

    private static byte[] post(String path, String json) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length() + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
