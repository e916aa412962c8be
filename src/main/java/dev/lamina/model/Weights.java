package dev.lamina.model;

import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/*
 * Weight decay shrinks the weights of inputs that are always zero (the border of an image, say) until they are subnormal, below
 * 1.2e-38. They can not move a membrane potential, but some processors take over a hundred cycles for each multiplication by one: a
 * layer of LeNet-5 with 7 % of them took 12 times as long. The bound leaves room for pools and leaks to scale what is above it.
 */
/**
 * The weights of a network, one tensor a projection, as PyTorch lays them out (OIHW, OI). Weights below {@link #VANISHING}
 * are zero. Immutable by agreement: the arrays are shared, nobody may write to them.
 */
public final class Weights {

    /** Smaller weights, 2<sup>-100</sup> or 8e-31, are zero. */
    public static final float VANISHING = 0x1p-100f;

    /**
     * The largest magnitude of a weight, bias or threshold, 2<sup>60</sup> or 1e18. A hundred million of them, behind a pool of 128
     * and for a million time steps, do not overflow: no potential is ever infinite, and none a difference of infinities.
     */
    public static final float LARGEST = 0x1p60f;

    private final ImmutableList<float[]> tensors;

    private Weights(ImmutableList<float[]> tensors) {
        this.tensors = tensors;
    }

    /**
     * The weights of {@code network}.
     *
     * @param tensors one array a projection, in order; not copied but for those with vanishing weights
     * @throws IllegalArgumentException if a tensor is missing, has another size, or holds a value that is not finite or beyond ±{@link #LARGEST}
     */
    public static Weights of(Network network, Iterable<float[]> tensors) {
        ImmutableList<float[]> all = Lists.immutable.ofAll(tensors);
        if (all.size() != network.projections().size()) {
            throw new IllegalArgumentException(
                    all.size() + " weight tensors for " + network.projections().size() + " weight layers");
        }
        for (int i = 0; i < all.size(); i++) {
            Projection projection = network.projections().get(i);
            float[] tensor = all.get(i);
            if (tensor.length != projection.weights()) {
                throw new IllegalArgumentException("layer '" + projection.name() + "' takes " + projection.weights()
                        + " weights, not " + tensor.length);
            }
            for (int j = 0; j < tensor.length; j++) {
                if (!(Math.abs(tensor[j]) <= LARGEST)) {
                    throw new IllegalArgumentException("layer '" + projection.name() + "' has the weight " + tensor[j]
                            + " at " + j + beyond(tensor[j]));
                }
            }
        }
        return new Weights(all.collect(Weights::withoutVanishing));
    }

    /** What a complaint adds about a finite value that is too large. */
    static String beyond(float value) {
        return Float.isFinite(value) ? ", more than 1e18" : "";
    }

    /** The tensor, or where weights in it vanish, a copy with zeros in their place. */
    private static float[] withoutVanishing(float[] tensor) {
        float[] without = tensor;
        for (int i = 0; i < tensor.length; i++) {
            if (tensor[i] != 0 && Math.abs(tensor[i]) < VANISHING) {
                without = without == tensor ? tensor.clone() : without;
                without[i] = 0;
            }
        }
        return without;
    }

    /**
     * The same, each rounded to the nearest that float16 can hold: a model file takes half the room for them.
     *
     * @throws IllegalArgumentException if one is too large for it
     */
    public Weights toFloat16() {
        return new Weights(tensors.collect(tensor -> {
            float[] rounded = new float[tensor.length];
            for (int i = 0; i < tensor.length; i++) {
                rounded[i] = Float16.toFloat(Float16.of(tensor[i]));
                if (!Float.isFinite(rounded[i])) {
                    throw new IllegalArgumentException("the weight " + tensor[i] + " is too large for float16");
                }
            }
            return rounded;
        }));
    }

    /** The weights of a projection, channel-first; not a copy. */
    public float[] tensor(int projection) {
        return tensors.get(projection);
    }

    /** The number of tensors. */
    public int size() {
        return tensors.size();
    }
}
