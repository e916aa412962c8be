package dev.lamina.train;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Conv;
import dev.lamina.network.Dropout;
import dev.lamina.network.Layer;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import java.util.Optional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The ordinary network as a function of tensors: each weight layer but the last is followed by a ReLU.
 *
 * @param network the layers
 * @param weights their weights
 * @param precision the format of the values between the layers
 */
record ForwardPass(Network network, WeightTensors weights, Precision precision) {

    private static final long[] NO_DILATION = {1, 1};

    /**
     * The readout of a batch.
     *
     * @param images count x channels x height x width
     * @param dropouts what drops values in training; absent else
     * @return count x classes in float32, before the softmax
     */
    Tensor logits(Tensor images, Optional<DenseDropout> dropouts) {
        Tensor values = precision.images(images);
        Shape shape = network.input();
        int projection = 0;
        int number = 0;
        int last = network.projections().size() - 1;
        for (Layer layer : network.layers()) {
            if (layer instanceof Conv conv) {
                values = convolution(asMaps(values, shape), precision.cast(weights.get(projection)), conv);
            } else if (layer instanceof Linear) {
                values = torch.linear(values.flatten(1, -1), precision.cast(weights.get(projection)));
            } else if (layer instanceof AveragePool pool) {
                values = pooled(asMaps(values, shape), pool);
            } else if (layer instanceof Dropout dropout) {
                Tensor whole = values;
                int layerNumber = number++;
                values = dropouts.map(d -> d.apply(whole, dropout.probability(), layerNumber))
                        .orElse(whole);
            } else {
                values = values.flatten(1, -1);
            }
            if (layer instanceof Conv || layer instanceof Linear) {
                values = projection++ < last ? torch.relu_(values) : values;
            }
            shape = layer.output(shape);
        }
        return values.flatten(1, -1).to(torch.ScalarType.Float);
    }

    /** A convolution of feature maps. */
    static Tensor convolution(Tensor maps, Tensor weights, Conv conv) {
        long[] stride = {conv.stride(), conv.stride()};
        long[] padding = {conv.padding(), conv.padding()};
        return torch.conv2d(maps, weights, new TensorOptional(), stride, padding, NO_DILATION, 1);
    }

    /** The average pool of feature maps. */
    static Tensor pooled(Tensor maps, AveragePool pool) {
        return torch.avg_pool2d(
                maps,
                new long[] {pool.kernel(), pool.kernel()},
                new long[] {pool.stride(), pool.stride()},
                new long[] {0, 0},
                false,
                true,
                new LongOptional());
    }

    /** A flat vector as feature maps of one position. */
    static Tensor asMaps(Tensor values, Shape shape) {
        return values.view(values.size(0), shape.channels(), shape.height(), shape.width());
    }
}
