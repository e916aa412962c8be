package dev.lamina.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class JsonReportTest {

    @Test
    void hasAllThatIsPromised() throws JsonProcessingException {
        JsonNode root = parse(Reports.report(false, 0.5));
        assertEquals("0123456789abcdef", root.at("/model/sha256").asText());
        assertEquals("hand.safetensors", root.at("/model/file").asText());
        assertEquals("toys", root.get("dataset").asText());
        assertEquals(4, root.get("samples").asInt());
        assertEquals(2, root.get("timesteps").asInt());
        assertEquals(7, root.get("seed").asLong());
        assertEquals(0.75, root.get("accuracy").asDouble());
        assertEquals("[0.5,0.75]", root.get("accuracy_by_timestep").toString());
        assertEquals(
                "[{\"name\":\"hidden\",\"neurons\":3,\"spikes\":12,\"rate\":0.5,\"synops\":1000,\"neuron_updates\":24},"
                        + "{\"name\":\"out\",\"neurons\":2,\"spikes\":0,\"rate\":0.0,\"synops\":200,\"neuron_updates\":16}]",
                root.get("layers").toString());
        assertEquals(12, root.get("spikes").asLong());
        assertEquals(1200, root.get("synops").asLong());
        assertEquals(40, root.get("neuron_updates").asLong());
        assertEquals(2, root.get("energy_joules").size());
        assertEquals(300 * 0.9e-12, root.at("/energy_joules/cmos45-fp32").asDouble(), 1e-24);
        assertEquals(
                300 * 23.6e-12 + 10 * 81e-12 + 8 * 1.7e-12,
                root.at("/energy_joules/loihi").asDouble(),
                1e-22);
        assertEquals("[cmos45-fp32]", names(root.get("ann_energy_joules")));
        assertEquals(18, root.get("ann_macs").asLong());
        assertEquals(0.5, root.get("wall_seconds").asDouble());
        assertEquals(8, root.get("samples_per_second").asDouble());
        assertEquals(2400, root.get("synops_per_second").asDouble());
    }

    @Test
    void everyNumberIsFiniteEvenWhenNothingWasDoneInNoTime() throws JsonProcessingException {
        for (SimulationReport report : new SimulationReport[] {
            Reports.report(Reports.tally(), true, 0), Reports.report(Reports.tally(), false, 1), Reports.report(true, 0)
        }) {
            String text = JsonReport.render(report);
            assertFalse(text.contains("NaN") || text.contains("Infinity"), text);
            JsonNode root = parse(report);
            for (String key : new String[] {"accuracy", "wall_seconds", "samples_per_second", "synops_per_second"}) {
                assertTrue(root.get(key).isNumber(), key);
            }
            assertEquals(2, root.get("accuracy_by_timestep").size());
        }
    }

    private static String names(JsonNode object) {
        return object.properties().stream()
                .map(entry -> entry.getKey())
                .toList()
                .toString();
    }

    private static JsonNode parse(SimulationReport report) throws JsonProcessingException {
        return new ObjectMapper().readTree(JsonReport.render(report));
    }
}
