package dev.lamina.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;

/**
 * The body of {@code POST /runs}.
 *
 * @param first the first sample of the data set
 * @param count how many samples, at least 1
 * @param settings how to run them
 */
record RunsRequest(int first, int count, RunSettings settings) {

    /**
     * Reads a body.
     *
     * @param data the data set that may be named
     * @throws Refusal if it is not such a body, or asks for a data set or samples that are not there
     */
    static RunsRequest read(InputStream in, ServedData data, int maxTimesteps) {
        Builder builder = new Builder(data, maxTimesteps);
        JsonBody.read(in, body -> key -> builder.read(key, body));
        return builder.build();
    }

    /** A request that is being read. */
    private static final class Builder {

        private final ServedData data;
        private final RunSettings settings;
        private String dataset;
        private String split;
        private int first;
        private OptionalInt count = OptionalInt.empty();

        Builder(ServedData data, int maxTimesteps) {
            this.data = data;
            settings = new RunSettings(maxTimesteps);
            dataset = data.dataset().name();
            split = data.splitName();
        }

        void read(String key, JsonBody body) throws IOException {
            switch (key) {
                case "dataset" -> dataset = body.text(key);
                case "split" -> split = body.text(key);
                case "first" -> first = (int) body.wholeNumber(key, 0, Integer.MAX_VALUE);
                case "count" -> count = OptionalInt.of((int) body.wholeNumber(key, 1, Integer.MAX_VALUE));
                default -> {
                    if (!settings.read(key, body)) {
                        throw body.unknown(key, "dataset, split, first, count; " + RunSettings.KEYS);
                    }
                }
            }
        }

        RunsRequest build() {
            data.check(dataset, split);
            int size = data.dataset().size();
            int wanted = count.orElse(size - first);
            if (wanted < 1 || wanted > size - first) {
                throw Refusal.badRequest(
                        "samples from " + first + (count.isPresent() ? ", " + wanted + " of them" : " on"),
                        "the body",
                        "the data set has " + size + " samples, from 0 on");
            }
            return new RunsRequest(first, wanted, settings);
        }
    }
}
