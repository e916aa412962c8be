package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.Seeds;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.sim.RandomModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How layers become projections, and a network its definition. */
final class NetworkTest {

    /** What needs quoting in HOCON, or looks like its syntax. */
    private static final List<String> ODD = List.of(
            "", "\"", "\\", "${x}", "\\${x}", "+=", "#", "//", "{", "]", "é", "😀", "'", " ", "include", "null", "1",
            "\"\"\"", "=", ":", ",");

    static LongStream seeds() {
        return Seeds.of(150);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void definitionReadsBackToAnEqualNetwork(long seed) {
        Random random = new Random(seed);
        StringBuilder name = new StringBuilder("n");
        for (int i = random.nextInt(5); i >= 0; i--) {
            name.append(ODD.get(random.nextInt(ODD.size())));
        }
        Network drawn = RandomModels.model(seed).network();
        List<Layer> layers = new ArrayList<>(drawn.layers().castToList());
        layers.add(0, new Dropout("null", 0.5));
        layers.add(0, new Dropout("1e5", 0));
        layers.add(0, new Dropout("d_-9", random.nextDouble() * Math.pow(10, -random.nextInt(300))));
        Network network = Network.of(name + "n", drawn.input(), layers);
        assertEquals(network, Network.parse(Settings.parse(network.definition(), "definition")));
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void projectionsFollowOneAnother(long seed) {
        Network network = RandomModels.model(seed).network();
        Shape population = network.input();
        for (Projection projection : network.projections()) {
            assertEquals(population, projection.source());
            population = projection.target();
        }
        assertEquals(population, network.output());
    }

    @Test
    void poolsDropoutAndFlatteningBelongToTheWeightsBehindThem() {
        AveragePool pool1 = new AveragePool("pool1", 3, 2);
        AveragePool pool2 = new AveragePool("pool2", 2, 2);
        Conv conv = new Conv("conv", 4, 3, 1, 1);
        Linear hidden = new Linear("hidden", 5);
        Linear out = new Linear("out", 3);
        Network network = Network.of(
                "n",
                new Shape(2, 9, 9),
                List.of(
                        pool1,
                        new Dropout("drop1", 0.1),
                        conv,
                        new Dropout("drop2", 0.2),
                        pool2,
                        new Flatten("flatten"),
                        new Dropout("drop3", 0.3),
                        hidden,
                        out));
        List<Projection> expected = List.of(
                Projection.of(conv, new Shape(2, 9, 9), Optional.of(pool1)),
                Projection.of(hidden, new Shape(4, 4, 4), Optional.of(pool2)),
                Projection.of(out, Shape.flat(5), Optional.empty()));
        assertEquals(expected, network.projections());
        assertEquals(Shape.flat(3), network.output());
        assertEquals(4 * 2 * 9 + 5 * 4 * 2 * 2 + 3 * 5, network.weights());
        assertEquals(4 * 2 * 9 * 16 + 5 * 4 * 2 * 2 + 3 * 5, network.macs());
        assertEquals(4 * 16 + 5 + 3, network.neurons());
    }

    @Test
    void onePositionIsFlatAlready() {
        Network network = Network.of(
                "n",
                new Shape(1, 3, 3),
                List.of(
                        new Conv("a", 4, 3, 1, 0),
                        new Linear("b", 5),
                        new Flatten("c"),
                        new Conv("d", 6, 1, 1, 0),
                        new Linear("e", 2)));
        assertEquals(List.of(36, 20, 30, 12), network.projections().collect(Projection::weights));
        Network behind = Network.of(
                "n",
                new Shape(1, 3, 3),
                List.of(new Flatten("a"), new Linear("b", 5), new Conv("c", 6, 1, 1, 0), new Linear("d", 2)));
        assertEquals(List.of(45, 30, 12), behind.projections().collect(Projection::weights));
    }

    @Test
    void sumsDoNotOverflow() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            layers.add(new Linear("l" + i, 11_000));
        }
        Network network = Network.of("wide", Shape.flat(11_000), layers);
        assertEquals(40L * 11_000 * 11_000, network.weights());
        assertEquals(40L * 11_000 * 11_000, network.macs());
        Network map = Network.of(
                "map", new Shape(1, 8192, 8192), List.of(new Conv("a", 2, 7, 1, 3), new Conv("b", 2, 7, 1, 3)));
        assertEquals(8192L * 8192 * 49 * 2 + 8192L * 8192 * 49 * 4, map.macs());
        assertEquals(2L * 2 * 8192 * 8192, map.neurons());
    }

    @Test
    void namesMustServeAsNames() {
        List<Layer> layer = List.of(new Linear("l", 1));
        for (String name : List.of("", " ", "a\nb", "\u001b[31mred", "a ")) {
            InputException e = assertThrows(InputException.class, () -> Network.of(name, Shape.flat(1), layer));
            assertTrue(e.getMessage().startsWith("the network's name is not usable: "), e.getMessage());
        }
        InputException e = assertThrows(
                InputException.class, () -> Network.of("n", Shape.flat(1), List.of(new Linear(Network.INPUT, 1))));
        assertEquals(
                "a layer is named as the input population is: n, layer 'input': give it another name", e.getMessage());
    }

    @Test
    void aSectionAroundTheDefinitionIsSaidToBeOne() {
        InputException e = assertThrows(
                InputException.class, () -> Network.parse(Settings.parse("network { name = n }", "lamina.network")));
        assertEquals(
                "a section 'network' around its keys: lamina.network line 1: give what stands between its braces",
                e.getMessage());
    }

    @Test
    void misfitOfLayersMadeInCodeNamesTheNetworkAndTheLayer() {
        InputException e = assertThrows(
                InputException.class, () -> Network.of("mine", new Shape(1, 4, 4), List.of(new Conv("c", 1, 5, 1, 0))));
        assertTrue(e.getMessage().startsWith("layer does not fit: mine, layer 'c': a kernel of 5 x 5"), e.getMessage());
    }
}
