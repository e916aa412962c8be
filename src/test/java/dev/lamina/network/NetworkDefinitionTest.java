package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions as people write them: read right, or refused with one line that names layer, reason and file line. */
final class NetworkDefinitionTest {

    private static final String OUT = "{ name = out, type = linear, outputs = 2 }";

    @Test
    void readsEveryKindOfLayerAndItsDefaults() {
        Network network = parse(definition(
                "{ type = conv, channels = 4, kernel = 3 }",
                "{ name = c2, type = conv, channels = 5, kernel = 3, stride = 2, padding = 1, activation = relu }",
                "{ type = average-pool, kernel = 3, bias = false }",
                "{ type = dropout, probability = 0.25 }",
                "{ name = f, type = flatten }",
                "{ name = out, type = linear, outputs = 2, activation = relu }"));
        assertEquals(new Shape(1, 8, 8), network.input());
        assertEquals(
                List.of(
                        new Conv("conv1", 4, 3, 1, 0),
                        new Conv("c2", 5, 3, 2, 1),
                        new AveragePool("average-pool3", 3, 3),
                        new Dropout("dropout4", 0.25),
                        new Flatten("f"),
                        new Linear("out", 2)),
                network.layers());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name = x, type = conv, channels = 1, kernel = 3, bias = true   | layer 'x' has a bias: net.conf line 4: leave it out
            name = x, type = linear, outputs = 1, bias = yes               | layer 'x' has a bias: net.conf line 4: leave it out
            name = x, type = max-pool, kernel = 2                          | layer 'x': max pooling has no spiking counterpart: net.conf line 4: use type = average-pool
            name = x, type = batch-norm                                    | layer 'x': batch normalisation brings a bias
            type = conv, channels = 1, kernel = 3, activation = gelu       | layer 'conv1' has the activation 'gelu': net.conf line 4: only relu converts
            type = linear, outputs = 1, activation = sigmoid               | layer 'linear1' has the activation 'sigmoid': net.conf line 4: only relu converts
            name = x, type = lstm                                          | layer 'x': unknown layer type 'lstm': net.conf line 4: use conv,
            name = x                                                       | missing key 'layers[0].type': net.conf line 4: give it a text
            type = conv, kernel = 3                                        | missing key 'layers[0].channels': net.conf line 4
            type = conv, channels = 1                                      | missing key 'layers[0].kernel': net.conf line 4
            type = linear                                                  | missing key 'layers[0].outputs': net.conf line 4
            type = average-pool                                            | missing key 'layers[0].kernel': net.conf line 4
            type = dropout                                                 | missing key 'layers[0].probability': net.conf line 4
            type = conv, channels = 1, kernel = 3, dilation = 2            | unknown key 'layers[0].dilation': net.conf line 4: known here: activation, bias, channels, kernel, name, padding, stride, type
            type = flatten, kernel = 3                                     | unknown key 'layers[0].kernel': net.conf line 4
            type = linear, outputs = 1, channels = 3                       | unknown key 'layers[0].channels': net.conf line 4
            type = dropout, probability = half                             | mistyped key 'layers[0].probability': net.conf line 4: give it a number
            type = conv, channels = few, kernel = 3                        | mistyped key 'layers[0].channels': net.conf line 4: give it a whole number
            type = conv, channels = 1, kernel = 2.5                        | key 'layers[0].kernel' is 2.5: net.conf line 4: give it a whole number
            type = conv, channels = 0, kernel = 3                          | key 'layers[0].channels' is 0: net.conf line 4
            type = conv, channels = 1, kernel = 3, stride = 0              | key 'layers[0].stride' is 0: net.conf line 4
            type = conv, channels = 1, kernel = 3, padding = -1            | key 'layers[0].padding' is -1: net.conf line 4
            type = conv, channels = 1, kernel = 3, padding = 3             | layer 'conv1' is not possible: net.conf line 4: channels, kernel and stride must be at least 1, padding within
            type = dropout, probability = 1                                | layer 'dropout1' is not possible: net.conf line 4: probability must be within [0, 1)
            type = dropout, probability = -0.5                             | key 'layers[0].probability' is -0.5: net.conf line 4
            type = linear, outputs = 1000000000000                         | key 'layers[0].outputs' is 1000000000000: net.conf line 4: give it a whole number from 1 to 134217728
            """)
    void layerThatIsWrongByItselfIsRefused(String layer, String complaint) {
        assertComplaint(complaint, definition("{ " + layer + " }", OUT));
    }

    @Test
    void layersThatDoNotFitTogetherAreRefused() {
        String flatten = "{ type = flatten }";
        String pool = "{ name = p, type = average-pool, kernel = 2 }";
        assertMisfit("out", "a linear layer needs a flat input, not 1 x 8 x 8; put a flatten layer before it", OUT);
        assertMisfit("p", "it follows the pool 'average-pool1' directly; use one larger pool", pool(2), pool, OUT);
        assertMisfit("p", "it follows the pool 'average-pool1'", pool(2), "{ type = dropout, probability = 0 }", pool);
        assertMisfit("c", "a convolution needs feature maps; leave out the flatten", flatten, conv(1, 1, 0), OUT);
        assertMisfit("c", "a convolution needs feature maps; leave out the flatten", flatten, conv(1, 3, 0), OUT);
        assertMisfit("p", "a window of 2 x 2 does not fit its input of 64 x 1 x 1", flatten, pool, OUT);
        assertMisfit("average-pool2", "it pools nothing; leave it out", flatten, pool(1), OUT);
        assertMisfit("c", "a kernel of 9 x 9 with padding 0 does not fit its input of 1 x 8 x 8", conv(1, 9, 0));
        assertMisfit("average-pool1", "a window of 9 x 9 does not fit its input of 1 x 8 x 8", pool(9), flatten, OUT);
    }

    @Test
    void namesAreUniqueAndPlain() {
        assertComplaint(
                "two layers have one name: net.conf line 3, layer 'out': rename one of them",
                definition("{ name = out, type = flatten }", OUT));
        assertComplaint(
                "two layers have one name: net.conf line 3, layer 'flatten2'",
                definition("{ name = flatten2, type = flatten }", "{ type = flatten }", OUT));
        for (String name : List.of("", "a.b", "a b", "é", "a/b", "\\n", "x".repeat(65))) {
            assertComplaint(
                    "a layer's name is not usable: net.conf line 3, layer '",
                    definition("{ name = \"" + name + "\", type = flatten }", OUT));
        }
        assertEquals(
                2,
                parse(definition("{ name = " + "x".repeat(64) + ", type = flatten }", OUT))
                        .layers()
                        .size());
    }

    @Test
    void networkEndsInWeights() {
        String complaint = "the last layer has no weights: net.conf line 3: end the network in a conv or linear layer";
        assertComplaint(complaint, definition());
        assertComplaint(complaint, definition("{ type = flatten }"));
        assertComplaint(complaint, definition("{ type = flatten }", OUT, "{ type = dropout, probability = 0.5 }"));
        assertComplaint(complaint, definition(conv(1, 3, 0), pool(2)));
    }

    @Test
    void absurdSizesAreRefusedAndTakeNoMemory() {
        String neurons = "more than 134217728 neurons";
        String weights = "more than 134217728 weights";
        assertMisfit("c", neurons, conv(1 << 27, 3, 2), OUT);
        assertMisfit("c", weights, conv(1 << 24, 8, 0), OUT);
        assertMisfit("c", neurons, conv(1, 1 << 27, (1 << 27) - 1), OUT);
        assertMisfit("l", weights, "{ type = flatten }", "{ name = l, type = linear, outputs = 134217728 }", OUT);
        String large = "name = n\ninput { channels = 134217728, height = 134217728, width = 134217728 }\nlayers = []";
        assertComplaint("the input has no usable shape: net.conf line 2: " + neurons, large);
        String[] many = IntStream.range(0, 1025)
                .mapToObj(i -> "{ type = dropout, probability = 0 }")
                .toArray(String[]::new);
        assertComplaint("more than 1024 layers: net.conf line 3: leave some out", definition(many));
    }

    @Test
    void keysOfTheNetworkAreChecked() {
        String whole = definition("{ type = flatten }", OUT);
        parse(whole);
        assertComplaint("missing key 'name': net.conf", whole.replace("name = n\n", ""));
        assertComplaint("missing key 'input': net.conf", whole.replace("input", "inputs"));
        assertComplaint("missing key 'layers': net.conf", whole.replace("layers", "layer"));
        assertComplaint("missing key 'input.width': net.conf line 2", whole.replace(", width = 8", ""));
        assertComplaint(
                "unknown key 'input.depth': net.conf line 2", whole.replace("width = 8", "width = 8, depth = 1"));
        assertComplaint("key 'input.height' is 0: net.conf line 2", whole.replace("height = 8", "height = 0"));
        assertComplaint("mistyped key 'input': net.conf line 2", whole.replaceAll("input .*", "input = 28"));
        assertComplaint(
                "mistyped key 'layers': net.conf line 3",
                "name = n\ninput { channels = 1, height = 8, width = 8 }\nlayers = 3");
        assertComplaint("mistyped key 'layers': net.conf line 3", definition("null"));
        assertComplaint("unknown key 'classes': net.conf line 7", whole + "classes = 10");
    }

    private static String conv(int channels, int kernel, int padding) {
        return "{ name = c, type = conv, channels = " + channels + ", kernel = " + kernel + ", padding = " + padding
                + " }";
    }

    private static String pool(int kernel) {
        return "{ type = average-pool, kernel = " + kernel + " }";
    }

    /** A definition whose layers begin in line 4, one a line. */
    private static String definition(String... layers) {
        return Arrays.stream(layers)
                .map(layer -> layer + "\n")
                .collect(Collectors.joining(
                        "", "name = n\ninput { channels = 1, height = 8, width = 8 }\nlayers = [\n", "]\n"));
    }

    private static Network parse(String definition) {
        return Network.parse(Settings.parse(definition, "net.conf"));
    }

    private static void assertMisfit(String layer, String reason, String... layers) {
        assertComplaint("layer does not fit: net.conf line 3, layer '" + layer + "': " + reason, definition(layers));
    }

    private static void assertComplaint(String start, String definition) {
        InputException e = assertThrows(InputException.class, () -> parse(definition));
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
}
