package dev.lamina.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/** How the lines of an answer are checked: each sample once, in order, and each as the simulator says. Thread-safe. */
final class Reading {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Expectations expectations;
    private final Versions versions;

    Reading(Expectations expectations, Versions versions) {
        this.expectations = expectations;
        this.versions = versions;
    }

    /**
     * What is wrong with an answer; empty if nothing is.
     *
     * @param samples the samples that were asked for
     * @param oldest the oldest version that may have answered
     */
    Optional<String> objection(List<String> lines, int[] samples, long oldest) {
        for (int i = 0; i < Math.min(lines.size(), samples.length); i++) {
            Optional<String> objection = objection(lines.get(i), samples[i], oldest);
            if (objection.isPresent()) {
                return Optional.of(objection.get() + ": " + lines.get(i));
            }
        }
        return lines.size() == samples.length
                ? Optional.empty()
                : Optional.of(lines.size() + " lines for " + samples.length + " samples");
    }

    private Optional<String> objection(String text, int sample, long oldest) {
        JsonNode line;
        try {
            line = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.of("not JSON");
        }
        long version = line.path("model_version").asLong(-1);
        if (line.has("error")) {
            return Optional.of("an error");
        } else if (version < oldest) {
            return Optional.of("a version before " + oldest + ", which ran when it was asked for");
        } else if (!versions.agree(version, line.path("model_sha256").asText())) {
            return Optional.of("version " + version + " is two files");
        }
        return expectations.objection(sample, line);
    }
}
