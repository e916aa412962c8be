package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The published data sets themselves, where they are at hand. */
final class RealDataTest {

    @Test
    void readsMnist() throws IOException {
        Path data = dataWith("mnist");
        Dataset train = Datasets.open("mnist", Split.TRAIN, Optional.of(data));
        assertEquals(60_000, train.size());
        assertArrayEquals(new int[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4}, labels(train));
        assertEquals(0.1307, mean(train), 1e-4);
        Dataset test = Datasets.open("mnist", Split.TEST, Optional.of(data));
        assertEquals(10_000, test.size());
        assertEquals(new Shape(1, 28, 28), test.shape());
        assertArrayEquals(new int[] {7, 2, 1, 0, 4, 1, 4, 9, 5, 9}, labels(test));
    }

    @Test
    void readsCifar10() throws IOException {
        Path data = dataWith("cifar10");
        Dataset test = Datasets.open("cifar10", Split.TEST, Optional.of(data));
        assertEquals(10_000, test.size());
        assertEquals(new Shape(3, 32, 32), test.shape());
        assertArrayEquals(new int[] {3, 8, 8, 0, 6, 6, 1, 6, 3, 1}, labels(test));
        int[] perClass = new int[test.classes()];
        for (int i = 0; i < test.size(); i++) {
            perClass[test.label(i)]++;
        }
        assertArrayEquals(new int[] {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000}, perClass);
        Dataset train = Datasets.open("cifar10", Split.TRAIN, Optional.of(data));
        assertEquals(50_000, train.size());
        assertArrayEquals(new int[] {6, 9, 9, 4, 1, 1, 2, 7, 8, 3}, labels(train));
    }

    @Test
    void pinnedDigestsAreThoseOfTheFiles() throws IOException {
        for (String name : new String[] {"mnist", "cifar10"}) {
            Path folder = dataWith(name).resolve(name);
            Origin origin =
                    Origin.ALL.detectOptional(one -> one.dataset().equals(name)).orElseThrow();
            for (PublishedFile file : origin.files()) {
                assertTrue(file.isIn(folder), file.name());
            }
        }
    }

    private static Path dataWith(String name) {
        Path data = Path.of(System.getProperty("lamina.data", "data"));
        assumeTrue(
                Files.isDirectory(data.resolve(name)), "no folder " + name + " in " + data + " (-Dlamina.data=FOLDER)");
        return data;
    }

    private static int[] labels(Dataset dataset) {
        int[] labels = new int[10];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = dataset.label(i);
        }
        return labels;
    }

    private static double mean(Dataset dataset) {
        long sum = 0;
        for (int i = 0; i < dataset.size(); i++) {
            for (int j = 0; j < dataset.shape().size(); j++) {
                sum += dataset.pixel(i, j);
            }
        }
        return sum / 255.0 / dataset.size() / dataset.shape().size();
    }
}
