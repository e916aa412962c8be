package dev.lamina.cli;

import dev.lamina.activity.SpikeRecording;
import dev.lamina.data.Dataset;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.io.InputException;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Network;
import dev.lamina.report.RunDetail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What a simulation is asked for beyond accuracy and counts. */
final class DetailOptions {

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write report.html, run.json, and tables and charts as files into this folder")
    Optional<Path> report = Optional.empty();

    @Option(
            names = "--exit-margin",
            paramLabel = "U",
            description =
                    "also say what stopping each sample early gives: as soon as the highest potential of the readout is so"
                            + " far above the second highest")
    Optional<Double> exitMargin = Optional.empty();

    @Option(
            names = "--raster-sample",
            paramLabel = "N",
            description = "the sample whose spikes the report shows (default: 0)")
    Optional<Integer> rasterSample = Optional.empty();

    @Option(names = "--record", paramLabel = "FILE.npz", description = "write every spike into a file for NumPy")
    Optional<Path> record = Optional.empty();

    @Option(
            names = "--record-layers",
            paramLabel = "NAME",
            split = ",",
            description = "record only these layers; the input is called input")
    List<String> recordLayers = new ArrayList<>();

    @Option(names = "--record-samples", paramLabel = "N", description = "record only the first N samples")
    Optional<Integer> recordSamples = Optional.empty();

    /** Complains about what makes no sense. */
    void check() {
        exitMargin
                .filter(margin -> !(margin >= 0 && margin < Double.POSITIVE_INFINITY))
                .ifPresent(margin -> {
                    throw InputException.configuration(
                            "--exit-margin is " + margin, "command line", "give it a membrane potential of at least 0");
                });
        SimulateCommand.atLeastOne("--record-samples", recordSamples);
        if (rasterSample.isPresent() && report.isEmpty()) {
            throw InputException.configuration(
                    "--raster-sample chooses what the report shows, and there is none",
                    "command line",
                    "add --report DIR");
        }
        if (record.isEmpty() && !(recordLayers.isEmpty() && recordSamples.isEmpty())) {
            throw InputException.configuration(
                    "--record-layers and --record-samples choose what to record, and nothing is recorded",
                    "command line",
                    "add --record FILE.npz");
        }
    }

    /** Complains about what makes no sense for the samples that are run. */
    void check(Dataset dataset) {
        rasterSample.filter(sample -> sample < 0 || sample >= dataset.size()).ifPresent(sample -> {
            throw InputException.configuration(
                    "--raster-sample is " + sample,
                    "command line",
                    "give it one of the samples that are run, 0 to " + (dataset.size() - 1));
        });
    }

    /** The first of these options that was given. */
    Optional<String> named() {
        return report.map(folder -> "--report")
                .or(() -> record.map(file -> "--record"))
                .or(() -> exitMargin.map(margin -> "--exit-margin"));
    }

    /** What to count from the spikes, if anything. */
    Optional<RunDetail> detail(SpikingModel model, int timesteps, List<HardwareProfile> profiles) {
        if (report.isEmpty() && exitMargin.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble margin = exitMargin.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        return Optional.of(new RunDetail(model, timesteps, profiles, margin, rasterSample.orElse(0)));
    }

    /** The recording, if one is wanted. */
    Optional<SpikeRecording> recording(Network network) {
        int first = recordSamples.orElse(Integer.MAX_VALUE);
        return record.map(file -> SpikeRecording.open(file, network, recordLayers, sample -> sample < first));
    }
}
