package dev.lamina.report;

import dev.lamina.io.OneLine;
import dev.lamina.network.Network;
import dev.lamina.sim.LayerCounts;
import java.util.TreeSet;

/** A simulation's report for a terminal. */
public final class TextReport {

    private TextReport() {}

    /** The report, some lines of text. */
    public static String render(SimulationReport report) {
        return head(report)
                + '\n'
                + layers(report.tally())
                + '\n'
                + accuracy(report)
                + '\n'
                + (report.profiles().isEmpty() ? "" : EnergyTable.render(report) + '\n')
                + report.detail()
                        .map(detail -> DetailText.render(report, detail))
                        .orElse("")
                + speed(report);
    }

    /** The report in one line: accuracy, spikes and synaptic operations. */
    public static String line(SimulationReport report) {
        int samples = Math.max(1, report.tally().samples());
        LayerCounts total = report.tally().total();
        return Quantity.percent(report.accuracy()) + " of "
                + Quantity.of(report.tally().samples(), "sample") + ", "
                + perSample(total.spikes(), samples) + " spikes and " + perSample(total.synops(), samples)
                + " synops a sample";
    }

    private static String head(SimulationReport report) {
        SimulationReport.Subject subject = report.subject();
        return OneLine.of(subject.network()) + " on " + subject.dataset() + " (" + subject.split() + "): "
                + Quantity.of(report.tally().samples(), "sample") + ", T = " + subject.timesteps() + ", "
                + subject.encoder() + " encoder, " + subject.arithmetic() + ", seed " + subject.seed() + "\nmodel "
                + subject.model() + ", sha256 "
                + subject.modelSha256().substring(0, 12) + '\n';
    }

    private static String layers(Tally tally) {
        int samples = Math.max(1, tally.samples());
        LayerCounts total = tally.total();
        TextTable table =
                new TextTable("layer", "neurons", "spikes/sample", "firing rate", "synops/sample", "share of synops");
        LayerTotal input = tally.input();
        table.row(
                Network.INPUT,
                Quantity.count(input.neurons()),
                perSample(input.counts().spikes(), samples),
                rate(input));
        String readoutName = tally.layers().getLast().name();
        long neurons = 0;
        for (LayerTotal layer : tally.layers()) {
            boolean readout = layer.name().equals(readoutName);
            neurons += layer.neurons();
            table.row(
                    layer.name(),
                    Quantity.count(layer.neurons()),
                    readout ? "readout" : perSample(layer.counts().spikes(), samples),
                    readout ? "" : rate(layer),
                    perSample(layer.counts().synops(), samples),
                    Quantity.percent((double) layer.counts().synops() / Math.max(1, total.synops())));
        }
        table.row(
                "all layers",
                Quantity.count(neurons),
                perSample(total.spikes(), samples),
                "",
                perSample(total.synops(), samples),
                "");
        return table.render();
    }

    private static String perSample(long sum, int samples) {
        return Quantity.number((double) sum / samples, 1);
    }

    private static String rate(LayerTotal layer) {
        return Quantity.percent(layer.rate());
    }

    private static String accuracy(SimulationReport report) {
        double[] curve = report.tally().accuracyByTimestep();
        TreeSet<Integer> steps = new TreeSet<>();
        for (int step : new int[] {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000}) {
            if (step < curve.length) {
                steps.add(step);
            }
        }
        steps.add(curve.length);
        TextTable table = new TextTable("time step", "accuracy");
        for (int step : steps) {
            table.row(Quantity.count(step), Quantity.percent(curve[step - 1]));
        }
        return table.render();
    }

    private static String speed(SimulationReport report) {
        return "simulated in " + Quantity.number(report.wallSeconds(), 1) + " s: "
                + Quantity.count(Math.round(report.perSecond(report.tally().samples()))) + " samples/s, "
                + Quantity.scaled(report.perSecond(report.tally().total().synops()), "synops/s") + " ("
                + report.subject().chip() + ")\n";
    }
}
