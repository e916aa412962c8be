package dev.lamina.serve;

import dev.lamina.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Bodies of {@code POST /runs}. */
public final class RunsBodyTarget implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "{}",
                        "{\"dataset\": \"five\", \"split\": \"test\", \"first\": 1, \"count\": 2}",
                        "{\"timesteps\": 3, \"seed\": -9223372036854775808, \"predictions_by_timestep\": true}",
                        "{\"first\": 2147483647, \"seed\": 1e999999999, \"count\": 0.1}",
                        "{\"seed\": 9223372036854775808}",
                        "{\"seed\": 1, \"seed\": 1}",
                        "{\"s\\u0065ed\": 1, \"dataset\": \"\\ud83d\\u0000\\udc00\"}",
                        "{\"first\": [[[[[[[[[{}]]]]]]]]]}",
                        "\ufeff{\"count\": NaN}")
                .flatMap(text ->
                        Stream.of(text.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_16BE)))
                .toList();
    }

    @Override
    public void parse(byte[] input) {
        Refusals.check(() -> {
            RunsRequest request =
                    RunsRequest.read(new ByteArrayInputStream(input), TinyServer.DATA, TinyServer.MAX_TIMESTEPS);
            int size = TinyServer.DATA.dataset().size();
            if (request.first() < 0 || request.count() < 1 || request.count() > size - request.first()) {
                throw new AssertionError("samples that are not there: " + request);
            }
        });
    }
}
