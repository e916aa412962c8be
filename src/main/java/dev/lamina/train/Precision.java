package dev.lamina.train;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The number format in which a training multiplies. Weights, their gradients and the optimiser are float32 in any case:
 * rounding the master weights as well would lose the small steps at the end of a training.
 */
public enum Precision {
    /** IEEE single precision. */
    FLOAT32 {
        @Override
        Tensor cast(Tensor tensor) {
            return tensor;
        }

        @Override
        Tensor empty(long... dimensions) {
            return torch.empty(dimensions);
        }
    },
    /**
     * Values of convolutions and linear layers are rounded to 8 significant bits, sums are float32. About twice as fast
     * on processors that multiply it (AVX-512 BF16, AMX), slower on others.
     */
    BFLOAT16 {
        @Override
        Tensor cast(Tensor tensor) {
            return tensor.to(torch.ScalarType.BFloat16);
        }

        // Channels last: pools are vectorised over channels then, and convolutions need not reorder. A training step of
        // VGG5 takes a sixth less.
        @Override
        Tensor images(Tensor images) {
            return cast(images).contiguous(torch.MemoryFormat.ChannelsLast);
        }

        @Override
        Tensor empty(long... dimensions) {
            return torch.empty(dimensions, new TensorOptions(torch.ScalarType.BFloat16), new MemoryFormatOptional());
        }
    };

    /** The tensor in this format; gradients pass back in the tensor's own. */
    abstract Tensor cast(Tensor tensor);

    /** A batch of images in this format, laid out as the layers take them fastest. */
    Tensor images(Tensor images) {
        return cast(images);
    }

    /** A tensor in this format with any values: where only its dimensions are asked for. */
    abstract Tensor empty(long... dimensions);
}
