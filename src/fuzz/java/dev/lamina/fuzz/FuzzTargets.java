package dev.lamina.fuzz;

import dev.lamina.cli.EpochTableTarget;
import dev.lamina.cli.MeasurementsTarget;
import dev.lamina.cli.ModelConfigTarget;
import dev.lamina.cli.SimulationConfigTarget;
import dev.lamina.data.CifarFileTarget;
import dev.lamina.data.IdxFileTarget;
import dev.lamina.data.TarGzTarget;
import dev.lamina.energy.HardwareProfileTarget;
import dev.lamina.model.ModelFileTarget;
import dev.lamina.network.NetworkTarget;
import dev.lamina.report.html.RunFileTarget;
import dev.lamina.serve.HttpRequestTarget;
import dev.lamina.serve.PushAnswerTarget;
import dev.lamina.serve.PushedModelTarget;
import dev.lamina.serve.RunsBodyTarget;
import dev.lamina.serve.SamplesBodyTarget;
import dev.lamina.train.CheckpointTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All fuzz targets, by the names that the command line calls them. A parser of untrusted bytes that is not here is not fuzzed. */
public final class FuzzTargets {

    /** Makes a target. */
    @FunctionalInterface
    private interface Maker {
        FuzzTarget make() throws IOException;
    }

    private static final Map<String, Maker> ALL = Map.ofEntries(
            Map.entry("model-file", ModelFileTarget::new),
            Map.entry("idx-file", IdxFileTarget::new),
            Map.entry("cifar-file", CifarFileTarget::new),
            Map.entry("tar-gz", TarGzTarget::new),
            Map.entry("network", NetworkTarget::new),
            Map.entry("model-config", ModelConfigTarget::new),
            Map.entry("simulation-config", SimulationConfigTarget::new),
            Map.entry("hardware-profile", HardwareProfileTarget::new),
            Map.entry("run-file", RunFileTarget::new),
            Map.entry("checkpoint", CheckpointTarget::new),
            Map.entry("measurements", MeasurementsTarget::new),
            Map.entry("epoch-table", EpochTableTarget::new),
            Map.entry("http-request", HttpRequestTarget::new),
            Map.entry("runs-body", RunsBodyTarget::new),
            Map.entry("samples-body", SamplesBodyTarget::new),
            Map.entry("pushed-model", PushedModelTarget::new),
            Map.entry("push-answer", PushAnswerTarget::new));

    private FuzzTargets() {}

    /** The names, sorted. */
    public static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    /** The target of that name. */
    public static FuzzTarget named(String name) throws IOException {
        return Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no fuzz target '" + name + "'; there are " + names()))
                .make();
    }
}
