package dev.lamina.train;

import org.bytedeco.pytorch.Tensor;
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
    };

    /** The tensor in this format; gradients pass back in the tensor's own. */
    abstract Tensor cast(Tensor tensor);
}
