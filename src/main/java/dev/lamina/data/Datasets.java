package dev.lamina.data;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.network.Shape;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** The data sets by name. Thread-safe. */
public final class Datasets {

    private static final String ENVIRONMENT = "LAMINA_DATA";
    private static final String FOLDER = "data";

    private static final String MNIST = "mnist";
    private static final String FASHION_MNIST = "fashion-mnist";
    private static final String CIFAR10 = "cifar10";

    /** What the folder is called in the archive that Toronto publishes. */
    private static final String CIFAR10_ARCHIVE = "cifar-10-batches-bin";

    private static final ImmutableList<String> NAMES =
            Lists.immutable.of(MNIST, FASHION_MNIST, CIFAR10, DrawnDigits.NAME);

    private static final Shape MNIST_SHAPE = new Shape(1, 28, 28);
    private static final int MNIST_CLASSES = 10;
    private static final int CIFAR_RECORDS = 10_000;

    private Datasets() {}

    /** The names of all data sets. */
    public static ImmutableList<String> names() {
        return NAMES;
    }

    /**
     * Opens a data set: {@code mnist}, {@code fashion-mnist}, {@code cifar10} or the built-in {@code drawn-digits}.
     *
     * <p>The files stand, under their official names and gzipped or not, in a sub-folder of the data set's name. It is
     * looked for in {@code folder}; only if none is given, in {@code $LAMINA_DATA} and then in {@code data} in the
     * current folder.
     *
     * @param name the data set's name
     * @param split which part of it
     * @param folder the folder that has the data set's folder, or nothing to look in the usual places
     * @throws InputException if there is no such data set, or its files are absent or damaged
     */
    public static Dataset open(String name, Split split, Optional<Path> folder) {
        return open(name, split, folder, Optional.ofNullable(System.getenv(ENVIRONMENT)), Path.of(FOLDER));
    }

    static Dataset open(String name, Split split, Optional<Path> folder, Optional<String> environment, Path fallback) {
        return switch (name) {
            case DrawnDigits.NAME -> DrawnDigits.dataset(split);
            case MNIST, FASHION_MNIST -> idx(name, split, find(places(folder, environment, fallback), name, name));
            case CIFAR10 -> cifar(split, find(places(folder, environment, fallback), name, name, CIFAR10_ARCHIVE));
            default -> throw unknown(name);
        };
    }

    /**
     * The name under the key {@code dataset}.
     *
     * @throws InputException if it is absent, or no data set has it
     */
    public static String name(Settings section) {
        return section.choice("dataset", NAMES.castToList());
    }

    /** The complaint that there is no such data set. */
    static InputException unknown(String name) {
        return InputException.configuration(
                "unknown data set '" + name + "'", "data sets", "known are " + NAMES.makeString());
    }

    private static Dataset idx(String name, Split split, Path folder) {
        String prefix = switch (split) {
            case TRAIN -> "train";
            case TEST -> "t10k";
        };
        IdxFile labelFile = IdxFile.of(folder, prefix + "-labels-idx1-ubyte");
        IdxFile imageFile = IdxFile.of(folder, prefix + "-images-idx3-ubyte");
        byte[] labels = labelFile.labels(MNIST_CLASSES);
        byte[] pixels = imageFile.images(MNIST_SHAPE);
        int images = pixels.length / MNIST_SHAPE.size();
        if (images != labels.length) {
            throw InputException.file(
                    images + " images, but " + labels.length + " labels",
                    imageFile + " and " + labelFile,
                    "delete both and fetch the data set again");
        }
        return new Dataset(name, MNIST_SHAPE, MNIST_CLASSES, pixels, labels);
    }

    private static Dataset cifar(Split split, Path folder) {
        ImmutableList<String> names = switch (split) {
            case TRAIN ->
                Lists.immutable.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin");
            case TEST -> Lists.immutable.of("test_batch.bin");
        };
        ImmutableList<CifarFile> files = names.collect(name -> new CifarFile(folder.resolve(name), CIFAR_RECORDS));
        byte[] pixels = new byte[files.size() * CIFAR_RECORDS * CifarFile.SHAPE.size()];
        byte[] labels = new byte[files.size() * CIFAR_RECORDS];
        files.forEachWithIndex((file, i) -> file.read(pixels, labels, i * CIFAR_RECORDS));
        return new Dataset(CIFAR10, CifarFile.SHAPE, CifarFile.CLASSES, pixels, labels);
    }

    /** Where a data set that is fetched goes: the first of the places that {@link #open} looks in. */
    public static Path store(Optional<Path> folder) {
        return places(folder, Optional.ofNullable(System.getenv(ENVIRONMENT)), Path.of(FOLDER))
                .getFirst();
    }

    private static ImmutableList<Path> places(Optional<Path> folder, Optional<String> environment, Path fallback) {
        if (folder.isPresent()) {
            return Lists.immutable.of(folder.get());
        }
        try {
            // An empty variable is as good as none; as a path it would be the current folder.
            return environment.isEmpty() || environment.get().isBlank()
                    ? Lists.immutable.of(fallback)
                    : Lists.immutable.of(Path.of(environment.get()), fallback);
        } catch (InvalidPathException e) {
            throw InputException.configuration(
                    "not the path of a folder", "$" + ENVIRONMENT, "set it to the folder that has the data sets", e);
        }
    }

    /** The first place's sub-folder of one of the names. */
    private static Path find(ImmutableList<Path> places, String dataset, String... names) {
        for (Path place : places) {
            for (String name : names) {
                if (Files.isDirectory(place.resolve(name))) {
                    return place.resolve(name);
                }
            }
        }
        throw InputException.file(
                "no data set " + dataset,
                "looked for a folder " + dataset + " in " + places.makeString(" and "),
                "get it by ./lamina fetch " + dataset + ", or say --data FOLDER where FOLDER has the folder "
                        + dataset);
    }
}
