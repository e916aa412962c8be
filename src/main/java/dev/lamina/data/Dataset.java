package dev.lamina.data;

import dev.lamina.io.Sha256;
import dev.lamina.network.Shape;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * Labelled images in memory, eight bits a pixel. Immutable and thread-safe, as long as nobody writes to the arrays it
 * was made of.
 */
public final class Dataset {

    private final String name;
    private final Shape shape;
    private final int classes;
    private final byte[] pixels;
    private final byte[] labels;
    private final int first;
    private final int size;

    /**
     * Images and their labels.
     *
     * @param name what the data set is called, such as {@code mnist}
     * @param shape the shape of an image
     * @param classes the number of classes, at most 256
     * @param pixels image after image, each channel-first, one unsigned byte a pixel; not copied
     * @param labels one unsigned byte an image, less than {@code classes}; not copied
     * @throws IllegalArgumentException if the lengths do not match
     */
    public Dataset(String name, Shape shape, int classes, byte[] pixels, byte[] labels) {
        this(name, shape, classes, pixels, labels, 0, labels.length);
        if (pixels.length != (long) labels.length * shape.size()) {
            throw new IllegalArgumentException(
                    labels.length + " labels, but " + pixels.length + " bytes of images of " + shape);
        }
    }

    private Dataset(String name, Shape shape, int classes, byte[] pixels, byte[] labels, int first, int size) {
        this.name = name;
        this.shape = shape;
        this.classes = classes;
        this.pixels = pixels;
        this.labels = labels;
        this.first = first;
        this.size = size;
    }

    /** What the data set is called. */
    public String name() {
        return name;
    }

    /** The shape of an image. */
    public Shape shape() {
        return shape;
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** The number of images. */
    public int size() {
        return size;
    }

    /** The class of an image. */
    public int label(int sample) {
        return labels[first + Objects.checkIndex(sample, size)] & 0xff;
    }

    /** A pixel of an image, 0 to 255, counted channel-first. */
    public int pixel(int sample, int index) {
        Objects.checkIndex(index, shape.size());
        return pixels[(first + Objects.checkIndex(sample, size)) * shape.size() + index] & 0xff;
    }

    /** The SHA-256 digest of all images and labels, in hexadecimal. */
    public String sha256() {
        MessageDigest digest = Sha256.digest();
        digest.update(pixels, first * shape.size(), size * shape.size());
        digest.update(labels, first, size);
        return Sha256.hex(digest);
    }

    /** The images from {@code from} (inclusive) to {@code to} (exclusive), sharing this one's memory. */
    public Dataset slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new Dataset(name, shape, classes, pixels, labels, first + from, to - from);
    }
}
