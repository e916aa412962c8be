package dev.lamina.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.report.JsonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a reproduction has measured so far, by name, in a JSON file that each measurement is added to. */
final class Measurements {

    /**
     * The part of the test samples that were measured.
     *
     * @param model the digest of the model file; a measurement of another model means nothing
     * @param samples the samples done, from the first
     * @param right those classified rightly
     * @param seconds how long they took
     */
    record Measurement(String model, int samples, int right, double seconds) {

        /** The accuracy in percent. */
        double percent() {
            return 100.0 * right / Math.max(1, samples);
        }
    }

    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final ObjectNode root;

    Measurements(Path file) {
        this.file = file;
        root = read(file);
    }

    private static ObjectNode read(Path file) {
        ObjectMapper mapper = new ObjectMapper();
        if (!Files.exists(file)) {
            return mapper.createObjectNode();
        }
        try {
            if (Files.size(file) <= MAX_BYTES && mapper.readTree(file.toFile()) instanceof ObjectNode node) {
                return node;
            }
        } catch (IOException e) {
            throw unusable(file, e);
        }
        throw unusable(file, new IOException("not a JSON object"));
    }

    private static InputException unusable(Path file, IOException cause) {
        return InputException.file(
                "the measurements so far can not be read", file.toString(), "remove the file to measure anew", cause);
    }

    /**
     * The measurement called {@code name}, if it is there and of that model.
     *
     * @throws InputException if its numbers are none that can be measured
     */
    Optional<Measurement> of(String name, String model) {
        JsonNode node = root.path(name);
        if (!node.path("model").asText().equals(model)) {
            return Optional.empty();
        }
        int samples = node.path("samples").asInt(-1);
        int right = node.path("right").asInt(-1);
        double seconds = node.path("seconds").asDouble(-1);
        if (right < 0 || right > samples || !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw unusable(file, new IOException(name + " is none"));
        }
        return Optional.of(new Measurement(model, samples, right, seconds));
    }

    /** Keeps a measurement. */
    void put(String name, Measurement measurement) {
        root.putObject(name)
                .put("model", measurement.model())
                .put("samples", measurement.samples())
                .put("right", measurement.right())
                .put("seconds", measurement.seconds());
        byte[] bytes = JsonReport.render(root).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }
}
