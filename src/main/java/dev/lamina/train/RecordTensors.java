package dev.lamina.train;

import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Recorded spikes as dense tensors of rows x height x width x channels. A row has the order of neuron indices, so nothing
 * is reordered on the way; the tensor library calls it channels-last. Spikes that dropout did not let through are left
 * out, and those that it did are ones: what they counted is a factor on the result.
 */
record RecordTensors(Network network, int timesteps, Precision precision) {

    private static final short BFLOAT16_ONE = 0x3f80;

    /**
     * The spikes of a layer, or the events of the input for −1, one row a sample and time step, in the precision of the
     * pass: ones are exact in either.
     */
    Tensor spikes(List<SampleRecord> records, int layer) {
        if (layer < 0) {
            return input(records);
        }
        Shape shape = shape(layer);
        boolean half = precision == Precision.BFLOAT16;
        Tensor tensor = torch.zeros(
                new long[] {(long) records.size() * timesteps, shape.height(), shape.width(), shape.channels()},
                new TensorOptions(half ? torch.ScalarType.BFloat16 : torch.ScalarType.Float));
        FloatBuffer floats = half ? FloatBuffer.allocate(0) : floats(tensor);
        ShortBuffer halves = half ? halves(tensor) : ShortBuffer.allocate(0);
        IntStream.range(0, records.size()).parallel().forEach(i -> {
            int base = i * timesteps * shape.size();
            records.get(i).forEachSpike(layer, (tick, neuron, payload) -> {
                int place = base + tick * shape.size() + neuron;
                if (half) {
                    halves.put(place, BFLOAT16_ONE);
                } else {
                    floats.put(place, payload);
                }
            });
        });
        return tensor;
    }

    private Tensor input(List<SampleRecord> records) {
        Shape shape = network.input();
        Tensor tensor = torch.zeros((long) records.size() * timesteps, shape.height(), shape.width(), shape.channels());
        FloatBuffer values = floats(tensor);
        IntStream.range(0, records.size()).parallel().forEach(i -> {
            int base = i * timesteps * shape.size();
            records.get(i)
                    .forEachInput((tick, neuron, payload) -> values.put(base + tick * shape.size() + neuron, payload));
        });
        return precision.cast(tensor);
    }

    /** The sums of the same over all time steps, in the precision of the pass: one row a sample. */
    Tensor sums(List<SampleRecord> records, int layer) {
        Shape shape = shape(layer);
        float[] sums = new float[records.size() * shape.size()];
        for (int i = 0; i < records.size(); i++) {
            int base = i * shape.size();
            SampleRecord.Events add = (tick, neuron, payload) -> sums[base + neuron] += payload;
            if (layer < 0) {
                records.get(i).forEachInput(add);
            } else {
                records.get(i).forEachSpike(layer, add);
            }
        }
        return precision.cast(Tensor.create(sums, records.size(), shape.height(), shape.width(), shape.channels()));
    }

    private Shape shape(int layer) {
        return layer < 0 ? network.input() : network.projections().get(layer).target();
    }

    /** A float tensor's memory. */
    static FloatBuffer floats(Tensor tensor) {
        FloatPointer memory = tensor.data_ptr_float();
        return memory.capacity(tensor.numel()).asBuffer();
    }

    private static ShortBuffer halves(Tensor tensor) {
        ShortPointer memory = new ShortPointer(tensor.data_ptr());
        return memory.capacity(tensor.numel()).asBuffer();
    }
}
