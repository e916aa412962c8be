package dev.lamina.model;

import static dev.lamina.model.RandomModelFiles.assertEqualModels;
import static dev.lamina.model.RandomModelFiles.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.Seeds;
import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole models to files and back. */
final class ModelFileTest {

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.of(60);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void modelReadsBackAsItWas(long seed) {
        for (Model model : List.of(RandomModelFiles.spiking(seed), RandomModelFiles.ann(seed))) {
            byte[] bytes = bytes(model);
            Model again = ModelFile.parse(bytes, "memory");
            assertEqualModels(model, again);
            assertArrayEquals(bytes, bytes(again));
            assertEquals(Sha256.of(bytes), ModelFile.sha256(model));
        }
    }

    @Test
    void aModelIsReadWithTheDigestOfItsBytes(@TempDir Path folder) {
        Path file = folder.resolve("digested.safetensors");
        ModelFile.write(file, ModelFile.read(Path.of("models", "lenet5-digits.safetensors")));
        ModelFile.Digested read = ModelFile.readDigested(file);
        assertEquals(ModelFile.sha256(file), read.sha256());
        assertEquals(read.sha256(), ModelFile.sha256(read.model()));
    }

    @Test
    void vanishingWeightsAreZero() {
        Network network = Network.of("n", Shape.flat(5), List.of(new Linear("l", 1)));
        float[] tensor = {1e-39f, -Float.MIN_NORMAL, Weights.VANISHING, -Weights.VANISHING, -0.0f};
        float[] weights = Weights.of(network, List.of(tensor)).tensor(0);
        assertArrayEquals(new float[] {0, 0, Weights.VANISHING, -Weights.VANISHING, -0.0f}, weights);
        assertEquals(1e-39f, tensor[0], "the caller's array is left alone");
    }

    @Test
    void numbersComeBackToTheBit() {
        Network network = Network.of("n", Shape.flat(3), List.of(new Linear("l", 2)));
        float[] values = {-0f, Math.nextUp(Weights.VANISHING), Weights.LARGEST, -Weights.VANISHING, 0.1f, 0f};
        AnnModel model = new AnnModel(
                network,
                Weights.of(network, List.of(values)),
                RandomModelFiles.ann(0).preprocessing(),
                RandomModelFiles.ann(0).provenance());
        float[] again = ModelFile.parse(bytes(model), "memory").weights().tensor(0);
        for (int i = 0; i < values.length; i++) {
            assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(again[i]));
        }
    }

    @Test
    void dataIsAlignedToEightBytes() {
        for (long seed = 0; seed < 20; seed++) {
            long header = ByteBuffer.wrap(bytes(RandomModelFiles.ann(seed)))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            assertEquals(0, header % 8);
        }
    }

    @Test
    void weightsThatFitSixteenBitsTakeNoMore() throws IOException {
        Network network = Network.of("n", Shape.flat(3), List.of(new Linear("l", 4), new Linear("m", 1)));
        Weights weights =
                Weights.of(network, List.of(new float[] {0.1f, -0.2f, 65504, 0, 1, 2, 3, 4, 5, 6, 7, 8}, new float[] {
                    0.1f, 1e-9f, 0, -0f
                }));
        AnnModel model = new AnnModel(
                network,
                weights.toFloat16(),
                RandomModelFiles.ann(0).preprocessing(),
                RandomModelFiles.ann(0).provenance());
        byte[] bytes = bytes(model);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(8 + length + 2 * 16, bytes.length);
        assertEqualModels(model, ModelFile.parse(bytes, "memory"));
        Weights large = Weights.of(network, List.of(new float[12], new float[] {0, 0, 65_520, 0}));
        assertThrows(IllegalArgumentException.class, large::toFloat16);
    }

    @Test
    void tensorsAreSortedAndEqualThresholdsAreOne() throws IOException {
        byte[] bytes =
                bytes(new TinyFile().tensor("c.threshold", new long[] {2}, 3, 3).read());
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        JsonNode header = new ObjectMapper().readTree(bytes, 8, length);
        List<String> names = new ArrayList<>();
        header.fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("__metadata__", "c.threshold", "c.weight", "out.weight"), names);
        assertEquals(
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}",
                header.get("c.threshold").toString());
        assertEquals(
                "{\"dtype\":\"F16\",\"shape\":[3,2],\"data_offsets\":[20,32]}",
                header.get("out.weight").toString());
        assertEquals("pt", header.get("__metadata__").get("format").asText());
    }

    @Test
    void filesHoldEitherKind() {
        SpikingModel spiking = RandomModelFiles.spiking(1);
        AnnModel ann = RandomModelFiles.ann(2);
        Path spikingFile = folder.resolve("new/spiking.safetensors");
        Path annFile = folder.resolve("ann.safetensors");
        ModelFile.write(spikingFile, spiking);
        ModelFile.write(annFile, ann);
        assertEqualModels(spiking, ModelFile.readSpiking(spikingFile));
        assertEqualModels(AnnModel.of(spiking), ModelFile.readAnn(spikingFile));
        assertEqualModels(ann, ModelFile.readAnn(annFile));
        assertEquals(ModelFile.sha256(ann), ModelFile.sha256(annFile));
        InputException e = assertThrows(InputException.class, () -> ModelFile.readSpiking(annFile));
        TinyFile.assertOneLine(e);
        assertTrue(e.getMessage().contains("lamina convert " + annFile), e.getMessage());
    }

    @Test
    void modelInTheRepositoryIsReadable() {
        SpikingModel model = ModelFile.readSpiking(Path.of("models/lenet5-digits.safetensors"));
        assertEquals("lenet5", model.network().name());
    }

    @Test
    void whatIsNoFileIsNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertUnreadable("a file of 0 bytes is not a safetensors file: " + empty, empty);
        assertUnreadable("the model is not a file: " + folder, folder);
        assertUnreadable("no such model file: " + folder.resolve("absent"), folder.resolve("absent"));
        InputException e = assertThrows(InputException.class, () -> ModelFile.sha256(folder.resolve("absent")));
        TinyFile.assertOneLine(e);
    }

    private static void assertUnreadable(String start, Path file) {
        InputException e = assertThrows(InputException.class, () -> ModelFile.read(file));
        TinyFile.assertOneLine(e);
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }

    @Test
    void streamThatFailsOrEndsIsAComplaint() {
        byte[] bytes = new TinyFile().bytes();
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk\nis gone");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        InputException e = assertThrows(InputException.class, () -> ModelFile.read(failing, 1_000, "disk"));
        TinyFile.assertOneLine(e);
        assertTrue(e.getMessage().startsWith("cannot read the model: disk"), e.getMessage());
        InputStream shorter = new ByteArrayInputStream(bytes, 0, bytes.length - 1);
        e = assertThrows(InputException.class, () -> ModelFile.read(shorter, bytes.length, "disk"));
        assertTrue(e.getMessage().startsWith("the file ends too early: disk"), e.getMessage());
    }

    @Test
    void writeThatFailsLeavesTheOldFileAlone() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SpikingModel old = RandomModelFiles.spiking(3);
        ModelFile.write(file, old);
        Model unwritable = new AnnModel(
                old.network(),
                old.weights(),
                old.preprocessing(),
                old.provenance().then("x".repeat(1 << 20), 1));
        assertThrows(IllegalArgumentException.class, () -> ModelFile.write(file, unwritable));
        assertEqualModels(old, ModelFile.read(file));
        assertEquals(List.of("model.safetensors"), names());

        Path taken = Files.createDirectories(folder.resolve("taken/by"));
        InputException e = assertThrows(InputException.class, () -> ModelFile.write(taken.getParent(), old));
        TinyFile.assertOneLine(e);
        assertEquals(List.of("model.safetensors", "taken"), names());
    }

    @Test
    void streamIsNotClosed() throws IOException {
        OutputStream open = new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void close() throws IOException {
                throw new IOException("closed");
            }
        };
        ModelFile.write(open, RandomModelFiles.ann(4));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void historyIsOneLineForEachThingDone() {
        AnnModel model = RandomModelFiles.ann(5);
        Provenance provenance = model.provenance();
        AnnModel broken = new AnnModel(
                model.network(),
                model.weights(),
                model.preprocessing(),
                provenance.then("two\nlines", 7).then("", 8).then("windows\r\nline", 9));
        Model again = ModelFile.parse(bytes(broken), "memory");
        assertInstanceOf(AnnModel.class, again);
        assertEquals(
                provenance.history().newWith("two lines").newWith("").newWith("windows line"),
                again.provenance().history());
        assertEquals(9, again.provenance().seed());
    }
}
