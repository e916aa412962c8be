package dev.lamina.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A trainer: it pushes models in turn, with pauses. There is one, so each of its pushes must be accepted. */
final class Pusher implements Runnable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Load load;
    private final List<Path> models;
    private final Duration pause;

    /**
     * A trainer that has pushed nothing.
     *
     * @param models the models; the server runs the last one to begin with
     * @param pause time from the answer to a push to the next
     */
    Pusher(Load load, List<Path> models, Duration pause) {
        this.load = load;
        this.models = models;
        this.pause = pause;
    }

    @Override
    public void run() {
        try (Caller caller = new Caller(load, Kind.PUSH)) {
            for (int i = 0; load.goesOn(); i++) {
                LockSupport.parkNanos(pause.toNanos());
                Path model = models.get(i % models.size());
                byte[] request = put(Files.readAllBytes(model));
                Optional<Answer> answer = caller.ask(request, System.nanoTime());
                if (!answer.map(given -> accepted(given, ModelFile.sha256(model)))
                        .orElse(false)) {
                    load.tally().error("a push was not accepted: " + answer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepted(Answer answer, String sha256) {
        try {
            JsonNode change = MAPPER.readTree(String.join("\n", answer.lines()));
            long version = change.path("model_version").asLong();
            boolean accepted = change.path("changed").asBoolean()
                    && change.path("model_sha256").asText().equals(sha256)
                    && load.versions().agree(version, sha256)
                    && version > load.versions().newest();
            load.versions().pushed(version);
            return accepted;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static byte[] put(byte[] model) {
        byte[] head = ("PUT /model HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + model.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + model.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(model, 0, request, head.length, model.length);
        return request;
    }
}
