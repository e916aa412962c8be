package dev.lamina.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a reproduction has measured so far, by name, in a JSON file that each measurement is added to. */
final class Measurements {

    /**
     * The part of the test samples that were measured.
     *
     * @param subject the digest of what was measured: model, test set and seed; a measurement of something else means nothing
     * @param samples the samples done, from the first
     * @param right those classified rightly
     * @param seconds how long they took
     */
    record Measurement(String subject, int samples, int right, double seconds) {

        /** The accuracy in percent. */
        double percent() {
            return 100.0 * right / Math.max(1, samples);
        }
    }

    private static final String SUBJECT = "subject";

    private final JsonObjectFile file;

    Measurements(Path file) {
        this.file = new JsonObjectFile(file, "the measurements so far", "remove the file to measure anew");
    }

    /**
     * The measurement called {@code name}, if it is there and of that subject.
     *
     * @throws dev.lamina.io.InputException if its numbers are none that can be measured
     */
    Optional<Measurement> of(String name, String subject) {
        JsonNode node = file.root().path(name);
        if (!node.path(SUBJECT).asText().equals(subject)) {
            return Optional.empty();
        }
        int samples = node.path("samples").asInt(-1);
        int right = node.path("right").asInt(-1);
        double seconds = node.path("seconds").asDouble(-1);
        if (right < 0 || right > samples || !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw file.unusable(new IOException(name + " is none"));
        }
        return Optional.of(new Measurement(subject, samples, right, seconds));
    }

    /** Keeps a measurement. */
    void put(String name, Measurement measurement) {
        file.root()
                .putObject(name)
                .put(SUBJECT, measurement.subject())
                .put("samples", measurement.samples())
                .put("right", measurement.right())
                .put("seconds", measurement.seconds());
        file.write();
    }
}
