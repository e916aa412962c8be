package dev.lamina.model;

/** The element types of a tensor on disk, little-endian, called as safetensors calls them. */
enum Dtype {
    /** 32-bit floating point. */
    F32(4),
    /** 16-bit floating point, see {@link Float16}. */
    F16(2);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** The size of an element. */
    int bytes() {
        return bytes;
    }
}
