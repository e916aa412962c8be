package dev.lamina.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** A run such as a simulation of LeNet-5 on digits would write it: all keys there are, with numbers drawn from a seed. */
public final class RunFixture {

    public static final int TIMESTEPS = 100;

    private static final int SAMPLES = 10_000;
    private static final List<String> NAMES = List.of("conv1", "conv2", "conv3", "fc1", "fc2");
    private static final int[] NEURONS = {4704, 1600, 120, 84, 10};
    private static final double[] RATES = {0.031, 0.042, 0.068, 0.091, 0};
    private static final int[] SYNOPS = {221_000, 1_730_000, 268_000, 82_000, 7_640};
    private static final List<String> KINDS = List.of("synapses", "neurons", "memory", "traffic", "static");

    private static final Map<Long, ObjectNode> RUNS = new ConcurrentHashMap<>();

    private final Random random;
    private final ObjectNode run = new ObjectMapper().createObjectNode();

    private RunFixture(long seed) {
        random = new Random(seed);
    }

    /** A run with all keys, to be changed at will. */
    public static ObjectNode run(long seed) {
        return RUNS.computeIfAbsent(seed, RunFixture::drawn).deepCopy();
    }

    private static ObjectNode drawn(long seed) {
        RunFixture fixture = new RunFixture(seed);
        fixture.subject();
        fixture.layers();
        fixture.energy();
        fixture.anytime();
        fixture.confusion();
        fixture.raster();
        fixture.mapping();
        fixture.rest();
        return fixture.run;
    }

    /** A run with the keys that every run has. */
    static ObjectNode leastRun() {
        ObjectNode run = new ObjectMapper().createObjectNode();
        run.putObject("model").put("file", "tiny.safetensors").put("network", "tiny");
        run.put("samples", 10).put("timesteps", 4).put("accuracy", 0.5);
        run.putArray("layers").addObject().put("name", "fc1").put("neurons", 10).put("synops", 100);
        return run;
    }

    /** The same tree after being written and read, as the report sees it. */
    static JsonNode reread(ObjectNode run) {
        try {
            return new ObjectMapper().readTree(run.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void subject() {
        run.putObject("model")
                .put("file", "models/lenet5-digits.safetensors")
                .put("sha256", "9f2c".repeat(16))
                .put("network", "lenet5");
        run.put("dataset", "mnist")
                .put("split", "test")
                .put("samples", SAMPLES)
                .put("timesteps", TIMESTEPS)
                .put("seed", 42)
                .put("encoder", "poisson")
                .put("arithmetic", "float32");
        ArrayNode curve = run.putArray("accuracy_by_timestep");
        for (int t = 1; t <= TIMESTEPS; t++) {
            curve.add(accuracy(t));
        }
        run.put("accuracy", accuracy(TIMESTEPS));
        run.putObject("input")
                .put("name", "input")
                .put("neurons", 1024)
                .put("spikes", 104_300L * SAMPLES / 10)
                .put("rate", 0.1018);
    }

    private static double accuracy(int t) {
        return Math.round(10_000 * (0.098 + 0.8896 / (1 + Math.exp(-(t - 9) / 2.6)) * (1 - Math.exp(-t / 11.0))))
                / 10_000.0;
    }

    private void layers() {
        ArrayNode layers = run.putArray("layers");
        long spikes = 0;
        long synops = 0;
        long updates = 0;
        for (int i = 0; i < NAMES.size(); i++) {
            boolean readout = i == NAMES.size() - 1;
            long layerSpikes = Math.round(RATES[i] * NEURONS[i] * TIMESTEPS * SAMPLES);
            long layerSynops = (long) SYNOPS[i] * SAMPLES;
            long layerUpdates = (long) NEURONS[i] * TIMESTEPS * SAMPLES;
            spikes += layerSpikes;
            synops += layerSynops;
            updates += layerUpdates;
            ObjectNode layer = layers.addObject()
                    .put("name", NAMES.get(i))
                    .put("neurons", NEURONS[i])
                    .put("spikes", layerSpikes)
                    .put("rate", RATES[i])
                    .put("synops", layerSynops)
                    .put("neuron_updates", layerUpdates)
                    .put("events_in", layerSynops / 31)
                    .put("accumulates", layerSynops)
                    .put("multiply_accumulates", 0)
                    .put("touched_neuron_updates", layerUpdates / 2)
                    .put("weight_bytes_read", 4 * layerSynops)
                    .put("membrane_bytes_read", 4 * layerSynops)
                    .put("membrane_bytes_written", 4 * layerSynops);
            if (!readout) {
                layer.put("silent_neurons", NEURONS[i] / (4 + 3 * i)).put("saturated_neurons", i == 3 ? 2 : 0);
                histograms(layer, i);
            }
            overTime(layer, layerSpikes, layerSynops, 2 * i);
        }
        run.put("spikes", spikes)
                .put("synops", synops)
                .put("neuron_updates", updates)
                .put("ann_macs", 416_520);
    }

    private void histograms(ObjectNode layer, int index) {
        int bins = 20;
        ObjectNode rates = layer.putObject("rate_histogram");
        ArrayNode edges = rates.putArray("edges");
        for (int i = 0; i <= bins; i++) {
            edges.add(i / (double) bins);
        }
        ArrayNode neurons = rates.putArray("neurons");
        for (int i = 0; i < bins; i++) {
            neurons.add(Math.round(NEURONS[index] * Math.exp(-i / (1.0 + index)) / (2.0 + index)));
        }
        ArrayNode intervals = layer.putArray("isi_histogram");
        for (int i = 1; i < TIMESTEPS; i++) {
            double typical = 3.0 + 2 * index;
            intervals.add(Math.round(1e6 * i * Math.exp(-i / typical) * (0.9 + 0.2 * random.nextDouble())));
        }
    }

    private void overTime(ObjectNode layer, long spikes, long synops, int delay) {
        ArrayNode spikesOverTime = layer.putArray("spikes_by_timestep");
        ArrayNode synopsOverTime = layer.putArray("synops_by_timestep");
        for (int t = 0; t < TIMESTEPS; t++) {
            double part = t < delay ? 0 : 1.0 / (TIMESTEPS - delay);
            spikesOverTime.add(Math.round(spikes * part));
            synopsOverTime.add(Math.round(synops * part));
        }
    }

    private void energy() {
        ArrayNode energy = run.putArray("energy");
        profile(energy, "cmos45-fp32", 1.05e-6, new double[] {2.08, 0.59, 0.62, 0, 0}, 1.916e-6 * 2.2);
        profile(energy, "loihi", 1.05e-6, new double[] {54.4, 52.8, 0, 3.6, 4.1}, 0);
        profile(energy, "edge-sram", 1.05e-6, new double[] {1.2, 0.6, 11.6, 0.4, 2.2}, 1.1e-5);
        ((ObjectNode) energy.get(1))
                .put("description", "Intel Loihi, 14 nm, at 0.75 V")
                .put(
                        "source",
                        "M. Davies et al., Loihi: A Neuromorphic Manycore Processor with On-Chip Learning, IEEE Micro"
                                + " 38(1), 2018, Table 2: synaptic spike operation 23.6 pJ (minimum), neuron update 81 pJ (active)")
                .put("leaves_out", "host and input/output; 23.6 pJ is the table's minimum for a synaptic operation");
    }

    private static void profile(ArrayNode energy, String name, double unit, double[] parts, double ann) {
        ObjectNode node = energy.addObject()
                .put("profile", name)
                .put("description", "45 nm CMOS, 32-bit floating point, at 0.9 V")
                .put("source", "M. Horowitz, Computing's energy problem (and what we can do about it), ISSCC 2014")
                .put("leaves_out", "memory, control, clock and leakage");
        double total = parts(node, parts, unit);
        if (ann > 0) {
            node.put("ann_total", ann).put("ratio", total / ann);
        }
        ArrayNode layers = node.putArray("layers");
        double synops = 0;
        for (int count : SYNOPS) {
            synops += count;
        }
        for (int i = 0; i < NAMES.size(); i++) {
            parts(layers.addObject().put("name", NAMES.get(i)), parts, unit * SYNOPS[i] / synops);
        }
    }

    private static double parts(ObjectNode node, double[] parts, double unit) {
        double total = 0;
        for (int i = 0; i < parts.length; i++) {
            node.put(KINDS.get(i), parts[i] * unit);
            total += parts[i] * unit;
        }
        node.put("total", total);
        return total;
    }

    private void anytime() {
        ObjectNode anytime = run.putObject("anytime");
        anytime.set("accuracy", run.get("accuracy_by_timestep").deepCopy());
        ArrayNode synops = anytime.putArray("synops");
        ObjectNode energy = anytime.putObject("energy");
        for (int t = 1; t <= TIMESTEPS; t++) {
            synops.add(upTo(t) * 2.3e6);
            for (JsonNode profile : run.get("energy")) {
                energy.withArray(profile.get("profile").textValue())
                        .add(upTo(t) * profile.get("total").doubleValue());
            }
        }
        ArrayNode exits = anytime.putArray("exits");
        for (double margin = 0.05; margin < 0.96; margin += 0.1) {
            exit(exits.addObject(), Math.round(100 * margin) / 100.0);
        }
        exit(anytime.putObject("exit"), 0.3);
    }

    private static double upTo(double t) {
        return Math.max(0, t - 2) / (TIMESTEPS - 2.0);
    }

    private void exit(ObjectNode node, double margin) {
        double mean = 6 + 40 * margin * margin;
        node.put("margin", margin)
                .put("mean_timesteps", mean)
                .put("accuracy", 0.9874 - 0.09 * Math.exp(-7 * margin))
                .put("synops", upTo(mean) * 2.3e6);
        ObjectNode energy = node.putObject("energy");
        for (JsonNode profile : run.get("energy")) {
            energy.put(
                    profile.get("profile").textValue(),
                    upTo(mean) * profile.get("total").doubleValue());
        }
    }

    private void confusion() {
        ObjectNode confusion = run.putObject("confusion");
        ArrayNode classes = confusion.putArray("classes");
        ArrayNode counts = confusion.putArray("counts");
        for (int i = 0; i < 10; i++) {
            classes.add(Integer.toString(i));
            ArrayNode row = counts.addArray();
            for (int j = 0; j < 10; j++) {
                row.add(i == j ? 960 + random.nextInt(40) : random.nextInt(4) * random.nextInt(4) / 2);
            }
        }
        ((ArrayNode) counts.get(4)).set(9, 14);
    }

    private void raster() {
        ObjectNode raster =
                run.putObject("raster").put("sample", 17).put("label", 4).put("prediction", 4);
        ArrayNode populations = raster.putArray("populations");
        population(populations, "input", 1024, 0.10, 0);
        for (int i = 0; i < NAMES.size() - 1; i++) {
            population(populations, NAMES.get(i), NEURONS[i], RATES[i], 2 * i + 1);
        }
    }

    private void population(ArrayNode populations, String name, int neurons, double rate, int delay) {
        ObjectNode population = populations.addObject().put("name", name).put("neurons", neurons);
        double[] rates = new double[neurons];
        for (int i = 0; i < neurons; i++) {
            rates[i] = random.nextInt(8) == 0 ? Math.min(1, 2 * rate * random.nextDouble()) : 0;
        }
        ArrayNode ticks = population.putArray("ticks");
        ArrayNode which = population.putArray("neuron");
        for (int t = delay; t < TIMESTEPS; t++) {
            for (int i = 0; i < neurons; i++) {
                if (random.nextDouble() < rates[i]) {
                    ticks.add(t);
                    which.add(i);
                }
            }
        }
    }

    private void mapping() {
        ArrayNode mapping = run.putArray("mapping");
        ObjectNode fits =
                mapping.addObject().put("profile", "loihi").put("columns", 8).put("rows", 4);
        ArrayNode cores = fits.putArray("cores");
        ArrayNode links = fits.putArray("links");
        int[] coresOfLayer = {7, 11, 3, 1, 1};
        int core = 0;
        for (int layer = 0; layer < coresOfLayer.length; layer++) {
            for (int i = 0; i < coresOfLayer[layer]; i++) {
                int x = core % 8;
                int y = core / 8;
                cores.addObject()
                        .put("x", x)
                        .put("y", y)
                        .put("layer", NAMES.get(layer))
                        .put("neurons", NEURONS[layer] / coresOfLayer[layer])
                        .put("synapse_bytes", 24_000 + random.nextInt(40_000))
                        .put("synops", (double) SYNOPS[layer] / coresOfLayer[layer])
                        .put("neuron_updates", NEURONS[layer] * 100.0 / coresOfLayer[layer])
                        .put("busy", Math.min(1, 0.2 * random.nextDouble() + SYNOPS[layer] / 2.3e6));
                if (x < 7) {
                    link(links, x, y, x + 1, y);
                }
                if (y > 0) {
                    link(links, x, y - 1, x, y);
                }
                core++;
            }
        }
        fits.put("packets", 41_300)
                .put("hops", 133_000)
                .put("mean_tick_seconds", 1.83e-5)
                .put("max_tick_seconds", 4.4e-5)
                .put("inference_seconds", 1.83e-3);
        mapping.addObject()
                .put("profile", "edge-sram")
                .put(
                        "complaint",
                        "layer conv2 needs 38 cores of 4 KiB of synapses and 12 are left: choose a larger chip");
    }

    private void link(ArrayNode links, int fromX, int fromY, int toX, int toY) {
        links.addObject()
                .put("from_x", fromX)
                .put("from_y", fromY)
                .put("to_x", toX)
                .put("to_y", toY)
                .put("packets", random.nextInt(9000));
    }

    private void rest() {
        run.putObject("neurobench")
                .put("footprint_bytes", 246_000)
                .put("connection_sparsity", 0.0123)
                .put("activation_sparsity", 0.9604)
                .put("effective_macs", 1_640_000)
                .put("effective_acs", 221_000)
                .put("dense", 41_652_000);
        run.put("wall_seconds", 12.4)
                .put("samples_per_second", 806.0)
                .put("synops_per_second", 1.86e9)
                .put("chip", "burst 16, 2 pipelines, 2 threads, vector kernel of 8 lanes")
                .put("command", "simulate sim-configs/lenet5-mnist.conf --report out/lenet5")
                .put("machine", "Intel Xeon, 2 cores, Java 17.0.15");
    }
}
