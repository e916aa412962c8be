package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lamina.model.ModelFile;
import dev.lamina.serve.ModelClient.Pushed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the clients of a server, killed or not, know of its versions, and what must hold of them. Thread-safe. */
final class ServedVersions {

    private static final Pattern MODEL = Pattern.compile("model-([0-9]+)\\.safetensors");

    private final Map<Long, String> digests = new HashMap<>();
    private final String unfit;
    private long acknowledged;
    private String beingPut;
    private int acknowledgements;
    private int adopted;

    /**
     * @param first the digest of the model that the first server starts with
     * @param unfit the digest of one that is pushed as well, and never a version
     */
    ServedVersions(String first, String unfit) {
        beingPut = first;
        this.unfit = unfit;
    }

    /** A model is on its way to the server. */
    synchronized void put(String sha256) {
        beingPut = sha256;
    }

    /** The model that was on its way last, whether or not it arrived. */
    synchronized String beingPut() {
        return beingPut;
    }

    /** The newest version. */
    synchronized long newest() {
        return acknowledged;
    }

    /** How many models a server has said to run. */
    synchronized int acknowledgements() {
        return acknowledgements;
    }

    /** How often a server went on with a model that no other had said to run. */
    synchronized int adopted() {
        return adopted;
    }

    /** The server says that it runs the model that was on its way. */
    synchronized void acknowledge(Pushed pushed) {
        assertEquals(beingPut, pushed.sha256());
        assertEquals(acknowledged + (pushed.changed() ? 1 : 0), pushed.version());
        acknowledgements++;
        acknowledged = pushed.version();
        see(pushed.version(), pushed.sha256());
    }

    /** A server goes on with a version: the newest that anybody knows of, or the one that was on its way. */
    synchronized void resume(long version, String sha256) {
        String context = "version " + version + " after " + acknowledged + " of " + digests;
        assertTrue(digests.keySet().stream().allMatch(known -> known <= version), context);
        if (version != acknowledged) {
            assertEquals(acknowledged + 1, version, context);
            assertEquals(beingPut, sha256, context);
            adopted++;
        }
        acknowledged = version;
        see(version, sha256);
    }

    /** A line of the server's names a version. */
    synchronized void see(JsonNode line) {
        see(line.path("model_version").asLong(), line.path("model_sha256").asText());
    }

    private void see(long version, String sha256) {
        String known = digests.putIfAbsent(version, sha256);
        assertEquals(known == null ? sha256 : known, sha256, "version " + version + " is two models");
    }

    /** Whether each file is whole and what its name says; the names of those that were half written. */
    synchronized List<String> checkFiles(Path state) throws IOException {
        List<String> left = new ArrayList<>();
        for (String name : Files.exists(state) ? FileChanges.names(state) : List.<String>of()) {
            Path file = state.resolve(name);
            Matcher matcher = MODEL.matcher(name);
            if (FileChanges.temporary(name)) {
                left.add(name);
            } else if (matcher.matches()) {
                long version = Long.parseLong(matcher.group(1));
                ModelFile.readSpiking(file);
                assertTrue(version <= acknowledged + 1, name + " after version " + acknowledged);
                assertEquals(digests.getOrDefault(version, beingPut), ModelFile.sha256(file), name);
            } else if (name.equals("incoming.safetensors")) {
                assertTrue(List.of(beingPut, unfit).contains(ModelFile.sha256(file)), name);
            } else {
                assertEquals("lock", name);
            }
        }
        return left;
    }
}
