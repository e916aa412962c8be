package dev.lamina.serve;

import dev.lamina.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Bodies of {@code POST /samples}, with room for four samples of four values. */
public final class SamplesBodyTarget implements FuzzTarget {

    private static final int SAMPLES = 4;
    private static final int VALUES = 4;

    private final SampleBudget budget = new SampleBudget(SAMPLES);

    @Override
    public List<byte[]> seeds() {
        String sample = "{\"values\": [0, 1, 127, 255]}";
        return Stream.of(
                        sample,
                        "{\"index\": 7, \"values\": [0, 1, 127, 255], \"timesteps\": 3, \"seed\": 5}",
                        "{\"samples\": [" + sample + ", {\"index\": 2147483647, \"values\": [9, 9, 9, 9]}],"
                                + " \"predictions_by_timestep\": false}",
                        "{\"samples\": [" + (sample + ", ").repeat(SAMPLES) + sample + "]}",
                        "{\"samples\": [{}, {}]}",
                        "{\"values\": [0, 1, 2, 3, 4]}",
                        "{\"values\": [1e2, 1E-999999999, 256, -1, -0, 0.0, \"0\", null]}",
                        "{\"values\": [0, 1], \"values\": [2, 3]}",
                        "{\"samples\": [{\"index\": 1, \"index\": 2}], \"index\": 3}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void parse(byte[] input) {
        Refusals.check(() -> {
            try (SampleBudget.Share share = budget.share()) {
                SamplesRequest request =
                        SamplesRequest.read(new ByteArrayInputStream(input), VALUES, TinyServer.MAX_TIMESTEPS, share);
                if (request.samples().isEmpty() || request.samples().size() > SAMPLES) {
                    throw new AssertionError("more samples than there is room for: " + request);
                }
                for (SamplesRequest.Raw sample : request.samples()) {
                    if (sample.index() < 0 || sample.pixels().length != VALUES) {
                        throw new AssertionError("not a sample: " + sample);
                    }
                }
            }
        });
        // What a request took is given back, whatever became of it.
        try (SampleBudget.Share all = budget.share()) {
            all.take(SAMPLES);
        }
    }
}
