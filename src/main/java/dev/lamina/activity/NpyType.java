package dev.lamina.activity;

/**
 * The type of a NumPy array's elements.
 *
 * @param descr what the header calls it: {@code <}, for little-endian, a letter for the kind, and a width
 * @param bytes of an element
 */
record NpyType(String descr, int bytes) {

    static final NpyType INT16 = new NpyType("<i2", Short.BYTES);
    static final NpyType INT32 = new NpyType("<i4", Integer.BYTES);
    static final NpyType FLOAT32 = new NpyType("<f4", Float.BYTES);

    /** Text of up to {@code width} code points, four bytes each, with zeros behind shorter ones. */
    static NpyType text(int width) {
        return new NpyType("<U" + width, width * Integer.BYTES);
    }
}
