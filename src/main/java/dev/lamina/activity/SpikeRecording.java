package dev.lamina.activity;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/*
 * Not AutoCloseable: a run that fails would leave try-with-resources by close(), which writes the file. Instead
 *
 *     SpikeRecording recording = SpikeRecording.open(...);
 *     try {
 *         ... recording.add(spikes); ...
 *         recording.close();
 *     } finally {
 *         recording.abandon();
 *     }
 */
/**
 * Every spike of chosen samples and populations in one {@code .npz} file for NumPy; docs/recording.md describes it. Memory does not
 * grow with the length of the recording: events wait in temporary files beside the target, about 4 bytes each. The target takes its
 * name when the recording is closed, whole or not at all. For one thread.
 */
public final class SpikeRecording {

    private final Path file;
    private final List<String> names;
    private final List<Shape> shapes;
    private final boolean[] recorded;
    private final List<ChannelFirst> orders;
    private final IntPredicate samples;
    private final EventLog log;
    private boolean open = true;

    private SpikeRecording(
            Path file,
            List<String> names,
            List<Shape> shapes,
            List<String> populations,
            IntPredicate samples,
            EventLog log) {
        this.file = file;
        this.names = names;
        this.shapes = shapes;
        this.samples = samples;
        this.log = log;
        recorded = new boolean[names.size()];
        orders = shapes.stream().map(ChannelFirst::new).toList();
        for (int i = 0; i < recorded.length; i++) {
            recorded[i] = populations.isEmpty() || populations.contains(names.get(i));
        }
    }

    /** The names of a network's populations that have spikes: {@link Network#INPUT}, then the spiking layers in order. */
    public static List<String> populations(Network network) {
        List<String> names = new ArrayList<>();
        names.add(Network.INPUT);
        for (int i = 0; i < network.projections().size() - 1; i++) {
            names.add(network.projections().get(i).name());
        }
        return names;
    }

    /**
     * Begins a recording.
     *
     * @param file the file to write; its folder is made if needed
     * @param network the network that runs
     * @param populations which of {@link #populations} to record; empty for all
     * @param samples which samples to record, by index
     * @throws InputException if there is no such population, or the file can not be written
     */
    public static SpikeRecording open(Path file, Network network, List<String> populations, IntPredicate samples) {
        List<String> names = populations(network);
        for (String population : populations) {
            if (!names.contains(population)) {
                throw InputException.configuration(
                        "no such population to record", population, "give some of " + String.join(", ", names));
            }
        }
        if (Files.isDirectory(file)) {
            throw InputException.file(
                    "cannot record spikes", file.toString(), "a folder is in its place; give the path of a file");
        }
        List<Shape> shapes = new ArrayList<>();
        shapes.add(network.input());
        for (int i = 1; i < names.size(); i++) {
            shapes.add(network.projections().get(i - 1).target());
        }
        try {
            return new SpikeRecording(file, names, shapes, populations, samples, EventLog.beside(file));
        } catch (IOException e) {
            throw complaint(file, e);
        }
    }

    /**
     * Adds a sample, if it is one of those to record.
     *
     * @throws InputException if the disk refuses; the recording is then abandoned
     * @throws IllegalStateException if the recording is closed or abandoned
     */
    public void add(SampleSpikes spikes) {
        if (!open) {
            throw new IllegalStateException("the recording has ended");
        }
        if (!samples.test(spikes.sample())) {
            return;
        }
        try {
            for (int tick = 0; tick < spikes.timesteps(); tick++) {
                for (int i = 0; i < recorded.length; i++) {
                    if (recorded[i]) {
                        orders.get(i).take(spikes.populations().get(i), tick);
                        log.add(spikes.sample(), tick, i, orders.get(i));
                    }
                }
            }
        } catch (IOException e) {
            abandon();
            throw complaint(file, e);
        }
    }

    /**
     * Writes the file with all samples added so far. Nothing happens if the recording has ended before.
     *
     * @throws InputException if the disk refuses; what was there before is then unchanged
     */
    public void close() {
        if (open) {
            try {
                AtomicFile.write(file, out -> {
                    try (NpzWriter npz = new NpzWriter(out)) {
                        log.writeTo(npz);
                        npz.names("layer_names", names);
                        npz.array("layer_shapes", NpyType.INT32, List.of((long) shapes.size(), 3L), this::shapes);
                    }
                });
            } finally {
                abandon();
            }
        }
    }

    /** Ends the recording without a file. Nothing happens if it has ended before. */
    public void abandon() {
        open = false;
        try {
            log.close();
        } catch (IOException e) {
            // The temporary files have lost their names when they were made, or lose them with the process.
        }
    }

    private void shapes(LittleEndianOutput out) throws IOException {
        for (Shape shape : shapes) {
            out.putInt(shape.channels());
            out.putInt(shape.height());
            out.putInt(shape.width());
        }
    }

    private static InputException complaint(Path file, IOException e) {
        return InputException.file(
                "cannot record spikes", file.toString(), "free or choose another place (" + Reason.of(e) + ")", e);
    }
}
