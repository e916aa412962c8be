package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A client's wish to have some samples of the drawn digits run: it asks one server after the other, each for what the ones before
 * did not answer. For one thread; another may count the answers.
 */
final class ServedRun {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int first;
    private final int count;
    private final int timesteps;
    private final long seed;
    private final List<JsonNode> answers = new CopyOnWriteArrayList<>();

    ServedRun(int first, int count, int timesteps, long seed) {
        this.first = first;
        this.count = count;
        this.timesteps = timesteps;
        this.seed = seed;
    }

    /** Asks for what is missing; false if the server was lost, or was ending, before it had answered all. */
    boolean ask(HttpClient client, URI server, Runnable heard) throws InterruptedException {
        int next = first + answers.size();
        if (next == first + count) {
            return true;
        }
        String body = String.format(
                "{\"first\": %d, \"count\": %d, \"timesteps\": %d, \"seed\": %d}",
                next, first + count - next, timesteps, seed);
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/runs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() == 503) {
                    return false;
                }
                assertEquals(200, response.statusCode());
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode answer = MAPPER.readTree(line);
                    if (!answer.has("sample")) {
                        return false;
                    }
                    assertFalse(answer.has("error"), line);
                    assertEquals(first + answers.size(), answer.path("sample").asInt(), line);
                    answers.add(answer);
                    heard.run();
                }
            }
        } catch (IOException e) {
            return false;
        }
        assertEquals(count, answers.size(), "a stream that was cut off looks like a whole one");
        return true;
    }

    List<JsonNode> answers() {
        return answers;
    }

    /** Holds the answers to the simulator. */
    void check(ServedAnswers expected) {
        answers.forEach(line -> expected.check(line, timesteps, seed));
    }
}
