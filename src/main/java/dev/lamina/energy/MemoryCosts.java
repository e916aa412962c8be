package dev.lamina.energy;

import dev.lamina.io.Settings;
import java.util.ArrayList;
import java.util.List;

/*
 * Each layer has a memory of its own for each kind of data, just large enough: a word for each source neuron (its events, or the
 * ordinary layer's inputs), for each weight, each potential and each output. What an access costs depends on that size alone.
 */
/**
 * What reading and writing words costs by the size of their memory: section {@code memory} of a profile. Between two points the
 * cost of a byte grows linearly; before the first and beyond the last it goes on along the nearest segment.
 *
 * @param wordBytes bytes of an event, weight, potential or output
 * @param points costs by size, at least two, sizes ascending
 */
public record MemoryCosts(int wordBytes, List<Point> points) {

    private static final int MAX_WORD_BYTES = 64;
    private static final double MAX_BYTES = 1e15;

    /**
     * The cost at one size.
     *
     * @param bytes the size of the memory
     * @param picojoulesPerByte what a byte read or written costs
     */
    public record Point(double bytes, double picojoulesPerByte) {}

    /**
     * Costs; the list is copied.
     *
     * @throws IllegalArgumentException if there are fewer than two points, or their sizes do not ascend
     */
    public MemoryCosts {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException("fewer than two memory sizes: " + points.size());
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).bytes() <= points.get(i - 1).bytes()) {
                throw new IllegalArgumentException("the memory sizes do not ascend: " + points);
            }
        }
    }

    static MemoryCosts parse(Settings section) {
        int wordBytes = section.integer("word-bytes", 1, MAX_WORD_BYTES);
        List<Point> points = new ArrayList<>();
        for (Settings point : section.sections("points")) {
            double bytes = point.real("bytes", 0, MAX_BYTES);
            if (!points.isEmpty() && bytes <= points.get(points.size() - 1).bytes()) {
                throw point.wrong(
                        "bytes", "the memory sizes do not ascend", "give each point more bytes than the one before");
            }
            points.add(new Point(bytes, Picojoules.read(point, "picojoules-per-byte")));
            point.done();
        }
        if (points.size() < 2) {
            throw section.wrong("points", "fewer than two memory sizes", "give the costs of at least two sizes");
        }
        section.done();
        return new MemoryCosts(wordBytes, points);
    }

    /** The cost of a byte in a memory of so many bytes, in picojoules, at least 0. */
    public double picojoulesPerByte(double bytes) {
        int right = 1;
        while (right < points.size() - 1 && bytes > points.get(right).bytes()) {
            right++;
        }
        Point a = points.get(right - 1);
        Point b = points.get(right);
        double slope = (b.picojoulesPerByte() - a.picojoulesPerByte()) / (b.bytes() - a.bytes());
        return Math.max(0, a.picojoulesPerByte() + slope * (bytes - a.bytes()));
    }

    /**
     * A spiking layer: each event is read once, each synaptic operation reads its weight, reads and writes its potential, each
     * neuron update reads and writes the potential once more, and each spike is written once.
     */
    double joules(Workload work) {
        Workload.Size size = work.size();
        double potentials = 2 * (work.synops() + work.neuronUpdates());
        return accesses(work.eventsIn(), size.sourceNeurons())
                + accesses(work.synops(), size.weights())
                + accesses(potentials, size.neurons())
                + accesses(work.spikesOut(), size.neurons());
    }

    /**
     * The ordinary network's layer: each multiply-accumulate reads its weight, and its input unless that serves all outputs at
     * once, as in a layer of one position; each output is written once.
     */
    double annJoules(Workload.Size size) {
        double inputs = size.sharesWeights() ? size.macs() : size.pooledNeurons();
        return accesses(inputs, size.pooledNeurons())
                + accesses(size.macs(), size.weights())
                + accesses(size.neurons(), size.neurons());
    }

    private double accesses(double words, double wordsOfMemory) {
        return Picojoules.toJoules(words * wordBytes * picojoulesPerByte(wordsOfMemory * wordBytes));
    }
}
