package dev.lamina.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /samples}.
 *
 * @param samples the samples, at least one
 * @param settings how to run them
 */
record SamplesRequest(List<Raw> samples, RunSettings settings) {

    /**
     * A client's sample.
     *
     * @param index its index, part of the random numbers' counter
     * @param pixels its raw values, channel by channel, one unsigned byte each
     */
    record Raw(int index, byte[] pixels) {}

    private static final String SAMPLE_KEYS = "index, values";

    /**
     * Reads a body: an object with {@code samples}, or one that is a sample itself.
     *
     * @param size the values of a sample
     * @param share each sample is taken from it as soon as it is read
     * @throws Refusal if it is not such a body, or there is no room for the samples
     */
    static SamplesRequest read(InputStream in, int size, int maxTimesteps, SampleBudget.Share share) {
        List<Raw> samples = new ArrayList<>();
        RunSettings settings = new RunSettings(maxTimesteps);
        Builder single = new Builder(0, size);
        JsonBody.read(in, body -> key -> {
            if (key.equals("samples")) {
                body.array(() -> {
                    share.takeOne(samples.size());
                    Builder builder = new Builder(samples.size(), size);
                    body.object(sampleKey -> {
                        if (!builder.read(sampleKey, body)) {
                            throw body.unknown(sampleKey, SAMPLE_KEYS);
                        }
                    });
                    samples.add(builder.build());
                });
            } else if (!single.read(key, body) && !settings.read(key, body)) {
                throw body.unknown(key, "samples, or " + SAMPLE_KEYS + "; " + RunSettings.KEYS);
            }
        });
        if (single.begun()) {
            if (!samples.isEmpty()) {
                throw Refusal.badRequest("both 'samples' and one sample", "the body", "write one of them");
            }
            share.takeOne(0);
            samples.add(single.build());
        }
        if (samples.isEmpty()) {
            throw Refusal.badRequest("no sample", "the body", "give 'samples', or 'values' of one");
        }
        return new SamplesRequest(samples, settings);
    }

    /** A sample that is being read. */
    private static final class Builder {

        private int index;
        private final byte[] pixels;
        private int count;
        private boolean indexed;

        Builder(int index, int size) {
            this.index = index;
            pixels = new byte[size];
        }

        boolean begun() {
            return indexed || count > 0;
        }

        boolean read(String key, JsonBody body) throws IOException {
            switch (key) {
                case "index" -> {
                    index = (int) body.wholeNumber(key, 0, Integer.MAX_VALUE);
                    indexed = true;
                }
                case "values" ->
                    body.array(() -> {
                        byte value = (byte) body.wholeNumber("a value", 0, 255);
                        if (count == pixels.length) {
                            throw body.wrong("more than " + pixels.length + " values", "give one for each pixel");
                        }
                        pixels[count++] = value;
                    });
                default -> {
                    return false;
                }
            }
            return true;
        }

        Raw build() {
            if (count < pixels.length) {
                throw Refusal.badRequest(
                        count + " values", "the body, sample " + index, "give all " + pixels.length + " of them");
            }
            return new Raw(index, pixels);
        }
    }
}
