package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Encoding;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Shape;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The input events of a batch of samples, time step by time step, as a tensor of batch x channels x height x width.
 * Belongs to the pointer scope in which it was made, and to one thread.
 */
final class SpikeInput {

    private final int size;
    /** The place in a tensor, which counts channels first, of each input, which counts them last. */
    private final int[] places;

    private final Encoding[] encodings;
    private final int[] indices;
    private final float[] payloads;
    private final float[] values;
    private final Tensor tensor;
    private final FloatPointer memory;
    private long events;

    SpikeInput(SpikingModel model, Dataset dataset, int[] samples, long seed) {
        Shape shape = model.network().input();
        size = shape.size();
        places = new int[size];
        for (int place = 0; place < size; place++) {
            int position = place % shape.positions();
            places[position * shape.channels() + place / shape.positions()] = place;
        }
        encodings = new Encoding[samples.length];
        for (int i = 0; i < samples.length; i++) {
            encodings[i] = model.encoder().encoding(size);
            encodings[i].begin(model.preprocessing().apply(dataset, samples[i]), seed, samples[i]);
        }
        indices = new int[size];
        payloads = new float[size];
        values = new float[Math.multiplyExact(samples.length, size)];
        tensor = torch.empty(samples.length, shape.channels(), shape.height(), shape.width());
        memory = tensor.data_ptr_float();
    }

    /** The events of a time step; valid until the next. */
    Tensor at(int tick) {
        Arrays.fill(values, 0);
        for (int i = 0; i < encodings.length; i++) {
            int count = encodings[i].encode(tick, indices, payloads);
            events += count;
            for (int j = 0; j < count; j++) {
                values[i * size + places[indices[j]]] = payloads[j];
            }
        }
        memory.put(values);
        return tensor;
    }

    /** The events of all time steps so far. */
    long events() {
        return events;
    }
}
