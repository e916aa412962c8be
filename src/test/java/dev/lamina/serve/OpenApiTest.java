package dev.lamina.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/openapi.yaml says what is served. */
final class OpenApiTest {

    private final JsonNode document;

    OpenApiTest() throws IOException {
        document = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("docs/openapi.yaml").toFile());
    }

    @Test
    void theRoutesAreThoseOfTheServer() {
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        try (TestServer server = new TestServer()) {
            assertEquals(new TreeSet<>(server.server().routes()), documented);
        }
    }

    @Test
    void theFieldsOfAnswersAreThoseOfTheServer() {
        try (TestServer server = new TestServer()) {
            assertDocumented("Answer", server.post("/runs", "{\"count\": 1, \"predictions_by_timestep\": true}"));
            assertDocumented("Ready", server.get("/ready"));
            assertDocumented("Counters", server.get("/counters"));
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (JsonNode reference : document.findValues("$ref")) {
            String pointer = reference.asText().substring(1);
            assertTrue(document.at(pointer).isObject(), pointer);
        }
    }

    private void assertDocumented(String schema, HttpResponse<String> response) {
        JsonNode properties =
                document.path("components").path("schemas").path(schema).path("properties");
        TestServer.json(response.body())
                .fieldNames()
                .forEachRemaining(field -> assertTrue(properties.has(field), schema + " has no " + field));
    }
}
