package dev.lamina.report;

import dev.lamina.energy.HardwareProfile;
import dev.lamina.energy.HardwareProfiles;
import dev.lamina.io.Settings;
import dev.lamina.network.Network;
import dev.lamina.sim.Decisions;
import dev.lamina.sim.Inference;
import dev.lamina.sim.LayerCounts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;

/** Reports made by hand: 4 inputs, a hidden layer of 3 neurons, a readout of 2, T = 2. */
final class Reports {

    static final int TIMESTEPS = 2;

    static final Network NETWORK = Network.parse(Settings.parse("""
            name = hand, input { channels = 1, height = 2, width = 2 }
            layers = [
              { type = flatten, name = flat }
              { type = linear, name = hidden, outputs = 3 }
              { type = linear, name = out, outputs = 2 }
            ]
            """, "hand"));

    private static final SimulationReport.Subject SUBJECT = new SimulationReport.Subject(
            "hand",
            "hand.safetensors",
            "0123456789abcdef",
            "toys",
            "test",
            TIMESTEPS,
            7,
            "poisson",
            "float32",
            "burst 1",
            "lamina simulate",
            "a machine");

    private Reports() {}

    static Tally tally() {
        return new Tally(4, NETWORK.projections(), TIMESTEPS);
    }

    /** A tally of so many equal samples. */
    static Tally tally(int samples) {
        Tally tally = tally();
        for (int i = 0; i < samples; i++) {
            tally.add(inference(1, 1, 5, new LayerCounts(3, 250, 6), new LayerCounts(0, 50, 4)), 1);
        }
        return tally;
    }

    static Inference inference(int first, int second, long input, LayerCounts hidden, LayerCounts out) {
        return new Inference(
                0,
                new Decisions(new int[] {first, second}, new float[2]),
                input,
                Lists.immutable.of(hidden, out),
                new float[] {0, 1});
    }

    /** Four samples; accuracies 0.5 and 0.75, 1,000 synops of hidden and 200 of the readout. */
    static SimulationReport report(boolean analogInput, double seconds) {
        Tally tally = tally();
        LayerCounts hidden = new LayerCounts(3, 250, 6);
        LayerCounts out = new LayerCounts(0, 50, 4);
        tally.add(inference(1, 1, 5, hidden, out), 1);
        tally.add(inference(0, 1, 5, hidden, out), 1);
        tally.add(inference(0, 0, 5, hidden, out), 0);
        tally.add(inference(1, 1, 5, hidden, out), 0);
        return report(tally, analogInput, seconds);
    }

    static SimulationReport report(Tally tally, boolean analogInput, double seconds) {
        return report(tally, analogInput, seconds, List.of("cmos45-fp32", "loihi"));
    }

    static SimulationReport report(Tally tally, boolean analogInput, double seconds, List<String> names) {
        List<HardwareProfile> profiles = names.stream()
                .map(name -> HardwareProfiles.named(name, Path.of("")))
                .toList();
        return new SimulationReport(
                SUBJECT, tally, profiles, NETWORK.macs(), analogInput, seconds, List.of("no", "yes"), Optional.empty());
    }
}
