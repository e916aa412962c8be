package dev.lamina.train;

import dev.lamina.model.Weights;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** The weights of a network as tensors, one a projection. They belong to the pointer scope in which they were made. */
@SuppressWarnings("try") // A scope or guard acts by being open.
final class WeightTensors {

    private static final int CHUNK = 1 << 14;

    private final Network network;
    private final ImmutableList<Tensor> tensors;

    private WeightTensors(Network network) {
        this.network = network;
        tensors = network.projections().collect(projection -> torch.empty(dimensions(projection)));
    }

    /** A copy of {@code weights}. */
    static WeightTensors of(Network network, Weights weights) {
        WeightTensors copy = new WeightTensors(network);
        for (int i = 0; i < weights.size(); i++) {
            copy.memory(i).put(weights.tensor(i), 0, weights.tensor(i).length);
        }
        return copy;
    }

    /**
     * Start weights: normal with mean 0 and variance 2 / fan-in [1], so that the ReLUs of a deep network without batch
     * normalisation neither die nor explode.
     *
     * <p>[1] K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015.
     */
    static WeightTensors initial(Network network, long seed) {
        WeightTensors initial = new WeightTensors(network);
        for (int i = 0; i < initial.tensors.size(); i++) {
            Projection projection = network.projections().get(i);
            int fanIn = projection.weights() / projection.target().channels();
            double deviation = Math.sqrt(2.0 / fanIn);
            Random random = RandomStream.WEIGHTS.random(seed, i);
            float[] values = new float[projection.weights()];
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) (deviation * random.nextGaussian());
            }
            initial.memory(i).put(values, 0, values.length);
        }
        return initial;
    }

    /** A copy of these. */
    WeightTensors copy() {
        WeightTensors copy = new WeightTensors(network);
        copy.become(this);
        return copy;
    }

    /** Takes the values of {@code other}, a set of the same network. */
    void become(WeightTensors other) {
        for (int i = 0; i < tensors.size(); i++) {
            memory(i).put(other.memory(i).limit(tensors.get(i).numel()));
        }
    }

    /** The weights of all projections. */
    ImmutableList<Tensor> all() {
        return tensors;
    }

    /** The weights of a projection. */
    Tensor get(int projection) {
        return tensors.get(projection);
    }

    /** Makes them follow gradients, and lists them for an optimiser. */
    TensorVector trainable() {
        return new TensorVector(
                tensors.collect(tensor -> tensor.set_requires_grad(true)).toArray(new Tensor[0]));
    }

    /** Whether all values are within what a model can hold, ±{@link Weights#LARGEST}. */
    boolean usable() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return tensors.allSatisfy(tensor -> tensor.abs().max().item_double() <= Weights.LARGEST);
        }
    }

    /** A copy outside the tensor library. */
    Weights toWeights() {
        return Weights.of(
                network,
                Lists.immutable.fromStream(IntStream.range(0, tensors.size()).mapToObj(i -> {
                    float[] values = new float[network.projections().get(i).weights()];
                    memory(i).get(values, 0, values.length);
                    return values;
                })));
    }

    /** Writes all values, big-endian, without their dimensions. */
    void write(DataOutputStream out) throws IOException {
        float[] chunk = new float[CHUNK];
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int i = 0; i < tensors.size(); i++) {
            FloatPointer memory = memory(i);
            int size = network.projections().get(i).weights();
            for (int done = 0; done < size; done += CHUNK) {
                int count = Math.min(CHUNK, size - done);
                memory.position(done).get(chunk, 0, count);
                bytes.asFloatBuffer().put(chunk, 0, count);
                out.write(bytes.array(), 0, count * Float.BYTES);
            }
        }
    }

    /** Reads what {@link #write} wrote; refuses values that no model can hold. */
    void read(DataInputStream in) throws IOException {
        float[] chunk = new float[CHUNK];
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int i = 0; i < tensors.size(); i++) {
            FloatPointer memory = memory(i);
            int size = network.projections().get(i).weights();
            for (int done = 0; done < size; done += CHUNK) {
                int count = Math.min(CHUNK, size - done);
                in.readFully(bytes.array(), 0, count * Float.BYTES);
                bytes.asFloatBuffer().get(chunk, 0, count);
                for (int j = 0; j < count; j++) {
                    if (!(Math.abs(chunk[j]) <= Weights.LARGEST)) {
                        throw new IOException("a weight is " + chunk[j]);
                    }
                }
                memory.position(done).put(chunk, 0, count);
            }
        }
    }

    private FloatPointer memory(int projection) {
        return tensors.get(projection).data_ptr_float();
    }

    private static long[] dimensions(Projection projection) {
        return Arrays.stream(projection.weightDimensions()).asLongStream().toArray();
    }
}
