package dev.lamina.cli;

import dev.lamina.cli.Measurements.Measurement;
import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code measurements.json} of a reproduction. To what is accepted another measurement is added, and it reads back. */
public final class MeasurementsTarget implements FuzzTarget {

    private static final String NAME = "ann";
    private static final String SUBJECT = "0123";

    private final Scratch scratch;

    /** Makes the folder. */
    public MeasurementsTarget() throws IOException {
        scratch = new Scratch();
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "{\"ann\": {\"subject\": \"0123\", \"samples\": 10000, \"right\": 9933, \"seconds\": 1.5}}",
                        "{\"ann\": {\"subject\": \"0123\", \"samples\": -1, \"right\": 1e999999999, \"seconds\": \"NaN\"}}",
                        "{\"ann\": {\"subject\": 123, \"samples\": 2147483648, \"right\": 0.5}}",
                        "{\"baseline T=5\": {}, \"ann\": [[[]]]}",
                        "{}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void parse(byte[] input) throws IOException {
        Path file = scratch.file("measurements.json", input);
        Measurements measurements = new Measurements(file);
        measurements.of(NAME, SUBJECT).ifPresent(found -> {
            if (found.right() < 0 || found.right() > found.samples() || !(found.percent() <= 100)) {
                throw new AssertionError("not a measurement: " + found);
            }
        });
        Measurement made = new Measurement(SUBJECT, 10, 9, 1);
        measurements.put("made", made);
        if (!new Measurements(file).of("made", SUBJECT).equals(Optional.of(made))) {
            throw new AssertionError("what was put is not there");
        }
    }
}
