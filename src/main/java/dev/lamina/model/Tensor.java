package dev.lamina.model;

import org.eclipse.collections.api.list.primitive.ImmutableLongList;

/**
 * A named tensor to be written.
 *
 * @param name its name in the file
 * @param dtype how its elements are stored
 * @param shape its dimensions
 * @param values its elements, the last dimension fastest; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy would double the memory.
record Tensor(String name, Dtype dtype, ImmutableLongList shape, float[] values) {

    Tensor {
        if (SafetensorsHeader.elements(shape) != values.length) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' of " + shape + " can not have " + values.length + " values");
        }
    }
}
