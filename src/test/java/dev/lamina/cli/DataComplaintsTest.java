package dev.lamina.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataComplaintsTest {

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void makeModel() {
        model = TinyModels.spiking(folder);
    }

    @Test
    void missingFolderSaysHowToGetTheData() throws IOException {
        Path absent = folder.resolve("absent");
        String[] parts = {"no data set mnist: ", absent.toString(), "./lamina fetch mnist", "--data"};
        CommandRun.of("simulate", config("mnist"), "--data", absent).assertComplaint(1, parts);
        CommandRun.of("bench", config("mnist"), "--data", absent).assertComplaint(1, parts);
        CommandRun.of("convert", model, "--dataset", "mnist", "--data", absent, "--out", folder.resolve("new"))
                .assertComplaint(1, parts);
        CommandRun.of("finetune", model, "--recipe", "models/lenet5.conf", "--data", absent)
                .assertComplaint(1, parts);
        CommandRun.of("train", "models/lenet5.conf", "--data", absent, "--out", folder.resolve("new"))
                .assertComplaint(1, parts);
    }

    @Test
    void missingFileOfADataSet() throws IOException {
        Files.createDirectories(folder.resolve("mnist"));
        CommandRun.of("simulate", config("mnist"), "--data", folder).assertComplaint(1, "t10k-labels-idx1-ubyte");
    }

    @Test
    void truncatedIdxFile() throws IOException {
        Path mnist = Files.createDirectories(folder.resolve("mnist"));
        Files.write(mnist.resolve("t10k-labels-idx1-ubyte"), TinyData.idx(new byte[2], 2049, 2));
        Path images = Files.write(
                mnist.resolve("t10k-images-idx3-ubyte"), TinyData.idx(new byte[2 * 28 * 28 - 1], 2051, 2, 28, 28));
        CommandRun.of("simulate", config("mnist"), "--data", folder)
                .assertComplaint(1, images.toString(), "fetch the data set again");
    }

    @Test
    void cifarFileOfWrongSize() throws IOException {
        Path cifar = Files.createDirectories(folder.resolve("cifar10"));
        Path batch = Files.write(cifar.resolve("test_batch.bin"), new byte[3073]);
        CommandRun.of("simulate", config("cifar10"), "--data", folder)
                .assertComplaint(1, "the file has 3073 bytes instead of 30730000: " + batch);
    }

    private Path config(String dataset) throws IOException {
        return CommandRun.config(folder, model, dataset, "");
    }
}
