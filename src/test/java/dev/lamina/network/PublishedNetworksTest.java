package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks in {@code models/}, and the sizes that their comments state. */
final class PublishedNetworksTest {

    private static final Path MODELS = Path.of("models");

    @ParameterizedTest
    @CsvSource({
        "lenet5, 61470, 416520, 6508",
        "lenet5-digits, 61470, 416520, 6508",
        "vgg5, 50595520, 108765184, 139264",
        "vgg5-slim, 4684480, 62854144, 132096",
        "vgg9, 32065216, 281780224, 231424",
        "vgg16, 39917248, 338403328, 284672"
    })
    void haveTheirSizes(String name, long weights, long macs, long spikingNeurons) {
        Network network = read(MODELS.resolve(name + ".conf"));
        assertEquals(weights, network.weights());
        assertEquals(macs, network.macs());
        assertEquals(spikingNeurons, network.neurons() - network.output().size());
    }

    /** Ten classes of 32 x 32 images, and a definition that survives the model file. */
    @Test
    void allOfThemAreReadable() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(MODELS)) {
            files = list.filter(file -> file.toString().endsWith(".conf")).toList();
        }
        assertTrue(files.size() >= 5, files::toString);
        for (Path file : files) {
            Network network = read(file);
            assertEquals(Shape.flat(10), network.output(), file::toString);
            assertEquals(network, Network.parse(Settings.parse(network.definition(), "again")), file::toString);
        }
    }

    private static Network read(Path file) {
        return Network.parse(Settings.read(file).section("network"));
    }
}
