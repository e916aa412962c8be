package dev.lamina.activity;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/*
 * The spikes of one population at one time step are a group. Sample, tick and layer are the same within it and payloads mostly 1, so
 * the disk holds the groups, a neuron for each event, and those payloads that are not 1; the columns are made of them at the end.
 */
/** The events of a recording, kept on the disk until they are all there and can be written as columns. For one thread. */
final class EventLog implements Closeable {

    /** The value of a column that all events of a group share. */
    private enum Shared {
        SAMPLE,
        TICK,
        LAYER
    }

    private final Spool groups;
    private final Spool neurons;
    private final Spool payloads;
    private long events;

    private EventLog(Spool groups, Spool neurons, Spool payloads) {
        this.groups = groups;
        this.neurons = neurons;
        this.payloads = payloads;
    }

    /** An empty log in the folder of {@code file}. */
    static EventLog beside(Path file) throws IOException {
        Spool groups = Spool.beside(file);
        try {
            Spool neurons = Spool.beside(file);
            try {
                return new EventLog(groups, neurons, Spool.beside(file));
            } catch (IOException e) {
                neurons.close();
                throw e;
            }
        } catch (IOException e) {
            groups.close();
            throw e;
        }
    }

    /** Adds a time step of a population. */
    void add(int sample, int tick, int layer, ChannelFirst spikes) throws IOException {
        int size = 0;
        for (int neuron = spikes.next(0); neuron >= 0; neuron = spikes.next(neuron + 1)) {
            neurons.put(neuron);
            if (!spikes.unitPayloads()) {
                payloads.put(Float.floatToRawIntBits(spikes.payload(neuron)));
            }
            size++;
        }
        if (size > 0) {
            groups.put(sample);
            groups.put(tick);
            groups.put(layer);
            groups.put(size);
            groups.put(spikes.unitPayloads() ? 1 : 0);
            events += size;
        }
    }

    /** Writes the five columns; nothing can be added any more. */
    void writeTo(NpzWriter npz) throws IOException {
        List<Long> shape = List.of(events);
        npz.array("sample", NpyType.INT32, shape, out -> shared(Shared.SAMPLE, out));
        npz.array("tick", NpyType.INT32, shape, out -> shared(Shared.TICK, out));
        npz.array("layer", NpyType.INT16, shape, out -> shared(Shared.LAYER, out));
        npz.array("neuron", NpyType.INT32, shape, this::neurons);
        npz.array("payload", NpyType.FLOAT32, shape, this::payloads);
    }

    @Override
    public void close() throws IOException {
        try (groups;
                neurons;
                payloads) {
            events = 0;
        }
    }

    private void shared(Shared column, LittleEndianOutput out) throws IOException {
        groups.rewind();
        for (long done = 0; done < events; ) {
            int sample = groups.next();
            int tick = groups.next();
            int layer = groups.next();
            int size = groups.next();
            groups.next();
            for (int i = 0; i < size; i++) {
                switch (column) {
                    case SAMPLE -> out.putInt(sample);
                    case TICK -> out.putInt(tick);
                    case LAYER -> out.putShort(layer);
                }
            }
            done += size;
        }
    }

    private void neurons(LittleEndianOutput out) throws IOException {
        neurons.rewind();
        for (long i = 0; i < events; i++) {
            out.putInt(neurons.next());
        }
    }

    private void payloads(LittleEndianOutput out) throws IOException {
        int one = Float.floatToRawIntBits(1);
        groups.rewind();
        payloads.rewind();
        for (long done = 0; done < events; ) {
            groups.next();
            groups.next();
            groups.next();
            int size = groups.next();
            boolean unit = groups.next() == 1;
            for (int i = 0; i < size; i++) {
                out.putInt(unit ? one : payloads.next());
            }
            done += size;
        }
    }
}
