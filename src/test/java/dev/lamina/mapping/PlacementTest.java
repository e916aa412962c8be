package dev.lamina.mapping;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.Seeds;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.network.Conv;
import dev.lamina.network.Flatten;
import dev.lamina.network.Linear;
import dev.lamina.network.Network;
import dev.lamina.network.Projection;
import dev.lamina.network.Shape;
import dev.lamina.sim.RandomModels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PlacementTest {

    private static final MeshTiming TIMING = new MeshTiming(1, 1, 1, 1, 1, 0);

    /** 8 positions of 4 channels that each see 9 of 16 x 3 sources or fewer, then 5 neurons that see all 32. */
    private static final Network SMALL = Network.of(
            "small",
            new Shape(3, 4, 2),
            List.of(new Conv("conv", 4, 3, 1, 1), new Flatten("flat"), new Linear("out", 5)));

    static LongStream seeds() {
        return Seeds.of(100);
    }

    @ParameterizedTest(name = Seeds.RERUN)
    @MethodSource("seeds")
    void everyNeuronIsOnOneCoreAndNoCoreIsTooFull(long seed) {
        Network network = RandomModels.model(seed).network();
        Placement placement = Meshes.placement(network, new Random(seed));
        Mesh mesh = placement.mesh();
        int[][] homes = new int[network.projections().size()][];
        Arrays.setAll(
                homes,
                layer -> new int[network.projections().get(layer).target().size()]);
        Set<List<Integer>> places = new HashSet<>();
        for (PlacedCore core : placement.cores()) {
            assertTrue(core.column() >= 0 && core.column() < mesh.columns(), core::toString);
            assertTrue(core.row() >= 0 && core.row() < mesh.rows(), core::toString);
            assertTrue(places.add(List.of(core.column(), core.row())), core::toString);
            Projection projection = network.projections().get(core.layer());
            assertEquals(projection.name(), core.layerName());
            Connectivity connectivity = new Connectivity(projection);
            Set<Integer> sources = new TreeSet<>();
            Set<Integer> taps = new TreeSet<>();
            long synapses = 0;
            for (int position = core.firstPosition(); position < core.firstPosition() + core.positions(); position++) {
                for (int channel = core.firstChannel(); channel < core.firstChannel() + core.channels(); channel++) {
                    homes[core.layer()][position * projection.target().channels() + channel]++;
                    synapses += (long) connectivity.sources.get(position).size()
                            * projection.source().channels();
                }
                sources.addAll(connectivity.sources.get(position));
                taps.addAll(connectivity.taps.get(position));
            }
            long bits = mesh.convolution() == ConvolutionStorage.SHARED
                    ? (long) taps.size() * projection.pooled().channels() * core.channels() * mesh.weightBits()
                    : synapses * (mesh.weightBits() + mesh.addressBits());
            assertEquals((bits + 7) / 8, core.synapseBytes(), core::toString);
            assertEquals(sources.size() * projection.source().channels(), core.axons(), core::toString);
            assertTrue(core.neurons() <= mesh.neuronsPerCore(), core::toString);
            assertTrue(core.synapseBytes() <= mesh.synapseBytesPerCore(), core::toString);
            assertTrue(core.axons() <= mesh.axonsPerCore().orElse(Integer.MAX_VALUE), core::toString);
        }
        for (int[] layer : homes) {
            int[] once = new int[layer.length];
            Arrays.fill(once, 1);
            assertArrayEquals(once, layer);
        }
    }

    @Test
    void coresFollowTheSnakeInTheOrderOfLayers() {
        Placement placement = Placement.of(SMALL, mesh(3, 4, 8, 10_000, OptionalInt.empty()));
        assertEquals(
                List.of("conv 0 0", "conv 1 0", "conv 2 0", "conv 2 1", "out 1 1"),
                placement
                        .cores()
                        .collect(core -> core.layerName() + " " + core.column() + " " + core.row())
                        .castToList());
    }

    @Test
    void tooFewCoresForTheNeurons() {
        assertComplaint(
                "it needs 5 cores and there are 4, 1 too few; layer 'conv' takes 4 of them for its 32 neurons at 8 a core: "
                        + "network 'small' on a mesh of 2 x 2 cores: give it more columns and rows, raise neurons-per-core, "
                        + "or take a smaller network",
                mesh(2, 2, 8, 10_000, OptionalInt.empty()));
    }

    @Test
    void tooFewCoresForTheSynapses() {
        assertComplaint(
                "it needs 11 cores and there are 4, 7 too few; layer 'conv' takes 8 of them for its 1,200 bytes of synapses "
                        + "at 220 a core: network 'small' on a mesh of 2 x 2 cores: give it more columns and rows, raise "
                        + "synapse-bytes-per-core, lower weight-bits or share the weights of kernels, or take a smaller network",
                mesh(2, 2, 1000, 220, OptionalInt.empty()));
    }

    @Test
    void tooFewCoresForTheAxons() {
        assertComplaint(
                "it needs 4 cores and there are 1, 3 too few; layer 'conv' takes 2 of them for its 24 source neurons at 18 "
                        + "input axons a core: ",
                Network.of(
                        "narrow",
                        new Shape(3, 4, 2),
                        List.of(new Conv("conv", 4, 3, 1, 1), new Conv("out", 1, 1, 1, 0))),
                mesh(1, 1, 1000, 10_000, OptionalInt.of(18)));
    }

    @Test
    void aNeuronWithMoreSynapsesThanACoreHolds() {
        assertComplaint(
                "a neuron of layer 'out' needs 80 bytes of synapses and a core has 79: 1 too few: network 'small' on a mesh "
                        + "of 9 x 9 cores: raise synapse-bytes-per-core, lower weight-bits or address-bits, or give the "
                        + "layer fewer inputs",
                mesh(9, 9, 1000, 79, OptionalInt.empty()));
    }

    @Test
    void aNeuronWithMoreSourcesThanACoreListensTo() {
        assertComplaint(
                "a neuron of layer 'out' listens to 32 source neurons and a core takes 31 input axons: 1 too few: ",
                mesh(9, 9, 1000, 10_000, OptionalInt.of(31)));
    }

    /** The table of docs/mapping.md. */
    @ParameterizedTest
    @CsvSource({
        "loihi, lenet5, 10",
        "spinnaker, lenet5, 29",
        "spinnaker, vgg5-slim, 523",
        "spinnaker, vgg5, 593",
        "spinnaker2, lenet5, 134"
    })
    void networksThatFit(String profile, String name, int cores) {
        Network network = read(name);
        Placement placement = Placement.of(network, printed(profile));
        assertEquals(cores, placement.cores().size());
        assertEquals(network.neurons(), placement.cores().sumOfInt(PlacedCore::neurons));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loihi | vgg5 | a neuron of layer 'fc1' listens to 32,768 source neurons and a core takes 4,096 input axons: "
                        + "28,672 too few: network 'vgg5' on a mesh of 16 x 8 cores: ",
                "loihi | vgg9 | a neuron of layer 'conv4' listens to 6,144 source neurons",
                "loihi | vgg16 | a neuron of layer 'conv5' listens to 4,608 source neurons and a core takes 4,096 input "
                        + "axons: 512 too few: network 'vgg16' on a mesh of 16 x 8 cores: ",
                "truenorth | lenet5 | a neuron of layer 'conv2' listens to 600 source neurons",
                "truenorth | vgg5 | a neuron of layer 'conv2' listens to 1,024 source neurons",
                "truenorth | vgg9 | a neuron of layer 'conv2' listens to 1,024 source neurons",
                "truenorth | vgg16 | a neuron of layer 'conv2' listens to 384 source neurons",
                "spinnaker2 | vgg9 | a neuron of layer 'conv6' needs 73,728 bytes of synapses",
                "spinnaker | vgg9 | it needs 977 cores and there are 768, 209 too few",
                "spinnaker | vgg16 | it needs 1,129 cores and there are 768, 361 too few",
                "spinnaker2 | vgg5 | a neuron of layer 'fc1' needs 131,072 bytes of synapses and a core has 65,536",
                "spinnaker2 | vgg16 | it needs 31,997 cores and there are 152"
            },
            quoteCharacter = '"')
    void networksThatDoNot(String profile, String name, String complaint) {
        assertComplaint(complaint, read(name), printed(profile));
    }

    @Test
    void theDocumentPrintsFourMeshes() {
        assertEquals(
                Set.of("loihi", "spinnaker", "spinnaker2", "truenorth"),
                Meshes.printed().keySet());
    }

    private static Mesh printed(String profile) {
        return requireNonNull(Meshes.printed().get(profile), profile);
    }

    private static void assertComplaint(String start, Mesh mesh) {
        assertComplaint(start, SMALL, mesh);
    }

    private static void assertComplaint(String start, Network network, Mesh mesh) {
        InputException complaint = assertThrows(InputException.class, () -> Placement.of(network, mesh));
        assertTrue(complaint.getMessage().startsWith(start), complaint.getMessage());
    }

    private static Network read(String name) {
        return Network.parse(Settings.read(Path.of("models", name + ".conf")).section("network"));
    }

    /** Synapses of 20 bits, each by itself. */
    private static Mesh mesh(int columns, int rows, int neurons, int bytes, OptionalInt axons) {
        return new Mesh(columns, rows, neurons, bytes, 8, 12, ConvolutionStorage.REPLICATED, axons, TIMING);
    }
}
