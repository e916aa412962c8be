package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {

    @TempDir
    private Path folder;

    @Test
    void unknownNameListsTheKnownOnes() {
        InputException e =
                assertThrows(InputException.class, () -> Datasets.open("imagenet", Split.TRAIN, Optional.empty()));
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
        for (String name : Datasets.names()) {
            assertTrue(e.getMessage().contains(name), e.getMessage());
        }
    }

    @Test
    void drawnDigitsNeedNoFolder() {
        Dataset digits = Datasets.open("drawn-digits", Split.TEST, Optional.of(folder.resolve("absent")));
        assertEquals(DrawnDigits.size(Split.TEST), digits.size());
    }

    @Test
    void readsEitherSplitOfEitherIdxDataSet() throws IOException {
        idx(folder.resolve("mnist"), "train", 3, 3);
        idx(folder.resolve("mnist"), "t10k", 2, 2);
        idx(folder.resolve("fashion-mnist"), "t10k", 1, 1);
        assertEquals(3, Datasets.open("mnist", Split.TRAIN, Optional.of(folder)).size());
        assertEquals(2, Datasets.open("mnist", Split.TEST, Optional.of(folder)).size());
        Dataset fashion = Datasets.open("fashion-mnist", Split.TEST, Optional.of(folder));
        assertEquals("fashion-mnist", fashion.name());
        assertEquals(1, fashion.size());
    }

    @Test
    void countsOfImagesAndLabelsMustAgree() throws IOException {
        idx(folder.resolve("mnist"), "train", 3, 2);
        InputException e =
                assertThrows(InputException.class, () -> Datasets.open("mnist", Split.TRAIN, Optional.of(folder)));
        assertTrue(e.getMessage().startsWith("3 images, but 2 labels: "), e.getMessage());
    }

    @Test
    void looksInTheEnvironmentsFolderThenInTheUsualOne() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        idx(second.resolve("mnist"), "train", 2, 2);
        assertEquals(
                2, open(Optional.empty(), Optional.of(first.toString()), second).size());
        assertEquals(2, open(Optional.empty(), Optional.empty(), second).size());
        assertEquals(2, open(Optional.empty(), Optional.of(" "), second).size());
        idx(first.resolve("mnist"), "train", 1, 1);
        assertEquals(
                1, open(Optional.empty(), Optional.of(first.toString()), second).size());
    }

    @Test
    void givenFolderIsTheOnlyOne() throws IOException {
        Path usual = folder.resolve("usual");
        idx(usual.resolve("mnist"), "train", 2, 2);
        Path given = folder.resolve("given");
        InputException e = assertThrows(
                InputException.class, () -> open(Optional.of(given), Optional.of(usual.toString()), usual));
        assertTrue(e.getMessage().contains(given.toString()), e.getMessage());
        assertFalse(e.getMessage().contains(usual.toString()), e.getMessage());
    }

    @Test
    void missingDataSaysWhereItWasLookedForAndHowToGetIt() {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        InputException e =
                assertThrows(InputException.class, () -> open(Optional.empty(), Optional.of(first.toString()), second));
        assertEquals(InputException.Kind.FILE, e.kind());
        for (String part : new String[] {first.toString(), second.toString(), "./lamina fetch mnist", "--data"}) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    @Test
    void cifarMayStandInTheFolderOfItsArchive() throws IOException {
        for (String name : new String[] {"cifar-10-batches-bin", "cifar10"}) {
            Path cifar = Files.createDirectories(folder.resolve(name));
            Files.write(cifar.resolve("test_batch.bin"), new byte[5]);
            InputException e =
                    assertThrows(InputException.class, () -> Datasets.open("cifar10", Split.TEST, Optional.of(folder)));
            assertTrue(e.getMessage().contains(cifar.toString()), e.getMessage());
            assertTrue(e.getMessage().startsWith("the file has 5 bytes instead of 30730000: "), e.getMessage());
        }
    }

    private static Dataset open(Optional<Path> folder, Optional<String> environment, Path fallback) {
        return Datasets.open("mnist", Split.TRAIN, folder, environment, fallback);
    }

    private static void idx(Path folder, String prefix, int images, int labels) throws IOException {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(prefix + "-images-idx3-ubyte"),
                IdxFileTest.join(IdxFileTest.header(2051, images, 28, 28), new byte[images * 784]));
        Files.write(
                folder.resolve(prefix + "-labels-idx1-ubyte.gz"),
                IdxFileTest.gzip(IdxFileTest.join(IdxFileTest.header(2049, labels), new byte[labels])));
    }
}
