package dev.lamina.cli;

import dev.lamina.activity.SampleSpikes;
import dev.lamina.activity.SpikeCollector;
import dev.lamina.activity.SpikeRecording;
import dev.lamina.chip.Chip;
import dev.lamina.chip.ChipSettings;
import dev.lamina.chip.RunHandle;
import dev.lamina.chip.RunOrder;
import dev.lamina.data.ClassNames;
import dev.lamina.data.Dataset;
import dev.lamina.data.Encoder;
import dev.lamina.data.Split;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.io.InputException;
import dev.lamina.model.Model;
import dev.lamina.model.SpikingModel;
import dev.lamina.report.RunDetail;
import dev.lamina.report.SimulationReport;
import dev.lamina.report.Tally;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A simulation of a model on a data set by the chip, from the first sample on.
 *
 * @param model the model
 * @param file the model file as it was given
 * @param sha256 its digest
 * @param dataset the samples
 * @param split which part of the data set they are
 * @param timesteps T
 * @param seed the seed
 * @param arithmetic the numbers that layers compute with
 * @param profiles the hardware profiles
 * @param chip burst, credit, pipelines, threads
 * @param options what else is asked for
 * @param command the command line
 * @param verbose whether to say how each layer adds its input
 */
record Simulation(
        SpikingModel model,
        String file,
        String sha256,
        Dataset dataset,
        Split split,
        int timesteps,
        long seed,
        Arithmetic arithmetic,
        List<HardwareProfile> profiles,
        ChipSettings chip,
        DetailOptions options,
        String command,
        boolean verbose) {

    Simulation {
        check(model, file, dataset);
        check(model, arithmetic);
    }

    /** Complains unless the arithmetic can compute the model. */
    static void check(SpikingModel model, Arithmetic arithmetic) {
        NetworkSynapses.objection(model, arithmetic).ifPresent(objection -> {
            throw InputException.configuration(
                    objection,
                    "arithmetic fixed16",
                    model.encoder() == Encoder.DIRECT
                            ? "choose the encoder poisson, or the arithmetic float32"
                            : "choose the arithmetic float32");
        });
    }

    /** Complains unless the samples fit the model. */
    static void check(Model model, String file, Dataset dataset) {
        var given = model.preprocessing().output(dataset.shape());
        if (!given.equals(model.network().input())) {
            throw InputException.configuration(
                    "the model does not fit the data",
                    file + " takes samples of " + model.network().input() + ", " + dataset.name() + " gives " + given,
                    mend(model, dataset, "correct its preprocessing.padding, or its network's input"));
        }
        if (dataset.classes() != model.network().output().size()) {
            throw InputException.configuration(
                    "the model does not fit the data",
                    file + " tells " + model.network().output().size() + " classes apart, " + dataset.name() + " has "
                            + dataset.classes(),
                    mend(model, dataset, "give its last layer one output a class"));
        }
    }

    private static String mend(Model model, Dataset dataset, String otherwise) {
        String trained = model.provenance().dataset();
        return trained.equals(dataset.name())
                ? otherwise
                : "choose the data set that the model was trained on (" + trained + ")";
    }

    /** The same simulation of another model of the same network. */
    Simulation with(SpikingModel other, String otherFile, String otherSha256) {
        return new Simulation(
                other,
                otherFile,
                otherSha256,
                dataset,
                split,
                timesteps,
                seed,
                arithmetic,
                profiles,
                chip,
                options,
                command,
                verbose);
    }

    /** Runs it; Ctrl-C ends it with the samples done so far. */
    SimulationReport run() {
        Tally tally = tally();
        NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest(), arithmetic);
        if (verbose) {
            network.synapses().forEach(synapses -> Say.line("%s", synapses));
        }
        Optional<RunDetail> detail = options.detail(model, timesteps, profiles);
        Optional<SpikeRecording> recording = options.recording(model.network());
        double seconds;
        try {
            seconds = run(network, tally, detail, recording);
            recording.ifPresent(SpikeRecording::close);
        } finally {
            recording.ifPresent(SpikeRecording::abandon);
        }
        return report(tally, seconds, detail);
    }

    /** Nothing counted yet. */
    Tally tally() {
        return new Tally(model.network().input().size(), model.network().projections(), timesteps);
    }

    /** A sample as the network's input. */
    float[] input(int sample) {
        return model.preprocessing().apply(dataset, sample);
    }

    /** The report of what was counted in so many seconds. */
    SimulationReport report(Tally tally, double seconds) {
        return report(tally, seconds, Optional.empty());
    }

    private SimulationReport report(Tally tally, double seconds, Optional<RunDetail> detail) {
        String settings = String.format(
                Locale.ROOT,
                "burst %d, credit %d, pipelines %d, threads %d, %s kernel",
                chip.burst(),
                chip.credit(),
                chip.pipelines(),
                chip.threads(),
                Kernels.fastest().name());
        SimulationReport.Subject subject = new SimulationReport.Subject(
                model.network().name(),
                file,
                sha256,
                dataset.name(),
                Choice.name(split),
                timesteps,
                seed,
                Choice.name(model.encoder()),
                Choice.name(arithmetic),
                settings,
                command,
                Machine.words());
        return new SimulationReport(
                subject,
                tally,
                profiles,
                model.network().macs(),
                model.encoder() == Encoder.DIRECT,
                seconds,
                ClassNames.of(dataset),
                detail);
    }

    /** Runs all samples; returns how long it took, in seconds. */
    private double run(
            NetworkSynapses network, Tally tally, Optional<RunDetail> detail, Optional<SpikeRecording> recording) {
        boolean watched = detail.isPresent() || recording.isPresent();
        SpikeCollector collector = new SpikeCollector(network.spikingLayers());
        long start;
        if (Interruption.requested()) {
            throw stoppedBeforeAll();
        }
        try (Chip running = Chip.start(network, chip, watched ? collector : SpikeObserver.NONE);
                Progress progress = new Progress("simulating", dataset.size())) {
            if (verbose) {
                sayReady();
            }
            start = System.nanoTime();
            RunHandle handle = running.start(new RunOrder(
                    IntStream.range(0, dataset.size()).toArray(), this::input, timesteps, seed, answer -> {
                        Inference inference = answer.inference();
                        int label = dataset.label(inference.sample());
                        tally.add(inference, label);
                        if (watched) {
                            SampleSpikes spikes = collector.take(inference.sample());
                            detail.ifPresent(known -> known.add(spikes, inference, label));
                            recording.ifPresent(file -> file.add(spikes));
                        }
                        progress.step();
                    }));
            int done;
            try (Interruption.Listener listener = Interruption.listen(handle::cancel)) {
                done = handle.join();
            }
            if (done == 0) {
                throw stoppedBeforeAll();
            }
            if (done < dataset.size()) {
                Say.line("stopped after %,d of %,d samples; the report is about those", done, dataset.size());
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private InputException stoppedBeforeAll() {
        return InputException.stopped(
                "stopped before the first sample was done", file, "nothing was written; start again");
    }

    private static void sayReady() {
        Say.line(
                "ready for the first sample %.2f s after Java's start",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    }
}
