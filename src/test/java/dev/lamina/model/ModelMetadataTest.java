package dev.lamina.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The string metadata: every key read, and every wrong one refused by its name. */
final class ModelMetadataTest {

    @Test
    void everythingIsRead() {
        SpikingModel model =
                (SpikingModel) new TinyFile().foreignMeta("author", "somebody").read();
        assertEquals("tiny", model.network().name());
        assertEquals(new Preprocessing(1, 0.5f, 0.25f), model.preprocessing());
        assertEquals(new NeuronModel(0.5f, Reset.HARD, Propagation.NEXT_STEP), model.neuron());
        assertEquals(Encoder.UNSIGNED_POISSON, model.encoder());
        assertEquals(20, model.timesteps());
        assertEquals(
                new Provenance(
                        "none",
                        -7,
                        Lists.immutable.of("trained", "converted"),
                        Optional.of(new Conversion(0.7, 99.9, 20, 100)),
                        Optional.empty()),
                model.provenance());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind",
                "network",
                "preprocessing",
                "dataset",
                "seed",
                "history",
                "leak",
                "reset",
                "propagation",
                "encoder",
                "timesteps"
            })
    void missingKeyIsNamed(String key) {
        new TinyFile().withoutMeta(key).assertRefused("the metadata 'lamina." + key + "' is missing: tiny: ");
    }

    @Test
    void conversionIsOptional() {
        Model model = new TinyFile().withoutMeta("conversion").read();
        assertEquals(Optional.empty(), model.provenance().conversion());
    }

    @Test
    void fileOfAnotherProgramIsNoModel() {
        new TinyFile()
                .withoutMeta("format_version")
                .assertRefused("a safetensors file, but not a Lamina model: tiny: ");
        TinyFile file = new TinyFile();
        String header = file.header();
        String without = "{" + header.substring(header.indexOf("\"c.weight\""));
        TinyFile.assertRefused("a safetensors file, but not a Lamina model: tiny: ", file.bytes(without));
        TinyFile.assertRefused(
                "a safetensors file, but not a Lamina model", TinyFile.bytes(2, new byte[] {'{', '}'}, new byte[0]));
    }

    @Test
    void laterFormatAsksForALaterProgram() {
        new TinyFile()
                .meta("format_version", "2")
                .assertRefused("a model file of format version 2, but this program reads up to 1: tiny: use a newer");
        for (String version : List.of("0", "-1", "1.0", "", "one", "9223372036854775808")) {
            new TinyFile()
                    .meta("format_version", version)
                    .assertRefused("the metadata 'lamina.format_version' is '" + version + "': tiny: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kind, snn", "kind, ANN", "reset, none", "propagation, never", "encoder, unsigned_poisson", "leak, 1.5",
        "leak, -0.1", "leak, NaN", "leak, half", "timesteps, 0", "timesteps, 2147483648", "timesteps, 1e3",
        "seed, 9223372036854775808", "seed, ''"
    })
    void valueOutOfRangeIsNamed(String key, String value) {
        new TinyFile()
                .meta(key, value)
                .assertRefused("the metadata 'lamina." + key + "' is '" + value + "': tiny: it must be ");
    }

    @Test
    void longValueIsShortened() {
        new TinyFile()
                .meta("seed", "x".repeat(1 << 20))
                .assertRefused("the metadata 'lamina.seed' is '" + "x".repeat(200) + "…': tiny: ");
        new TinyFile()
                .meta("network", "name = \"" + "x".repeat(100_000) + "\"\nlayer = []")
                .assertRefused("the metadata 'lamina.network' is wrong: tiny: ");
        new TinyFile()
                .meta("network", "\"" + "x".repeat(100_000) + "\"")
                .assertRefused("the metadata 'lamina.network' is wrong: tiny: ");
    }

    @Test
    void keyThatNobodyAsksForIsRefused() {
        new TinyFile()
                .meta("encodre", "poisson")
                .assertRefused("the metadata 'lamina.encodre' has no meaning in this kind of model: tiny: ");
        new TinyFile().ann().meta("leak", "1").assertRefused("the metadata 'lamina.leak' has no meaning in this kind");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            preprocessing | padding = 1, mean = 0.5                            | missing key 'deviation'
            preprocessing | padding = 1, mean = 0.5, deviation = 0             | padding must be within
            preprocessing | padding = 9999, mean = 0.5, deviation = 1          | padding must be within
            preprocessing | padding = 1, mean = 2, deviation = 1               | key 'mean' is 2.0
            preprocessing | padding = 1, mean = 0.5, deviation = 1, scale = 2  | unknown key 'scale'
            preprocessing | padding = { a = 1 }, mean = 0.5, deviation = 1     | mistyped key 'padding'
            preprocessing | padding = [                                        | not a HOCON configuration
            conversion    | scale = NaN, percentile = 1, timesteps = 1, samples = 1 | key 'scale' is NaN
            conversion    | scale = 1, percentile = 1, timesteps = 1           | missing key 'samples'
            conversion    | scale = 1, percentile = 1, timesteps = 0.5, samples = 1 | key 'timesteps' is 0.5
            network       | name = n                                           | missing key 'input'
            network       | name = n, input { channels = 1, height = 2, width = 2 }, layers = [{ type = max-pool }] | layer 'max-pool1': max pooling
            network       | name = n, input { channels = 1, height = 2, width = 2 }, layers = [{ name = c, type = linear, outputs = 2 }] | layer does not fit
            network       | name = n, input { channels = 1, height = 2, width = 2 }, layers = [] | the last layer has no weights
            network       | name = n, input { channels = 1e9, height = 2, width = 2 }, layers = [] | key 'input.channels' is
            network       | network { name = n }                               | a section 'network' around its keys
            preprocessing | preprocessing { padding = 2 }                      | a section 'preprocessing' around its keys
            network       | [1]                                                | not a HOCON configuration
            """)
    void sectionThatIsWrongSaysWhy(String key, String text, String complaint) {
        new TinyFile().meta(key, text).assertRefused("the metadata 'lamina." + key + "' is wrong: tiny: " + complaint);
    }

    @Test
    void nothingIsReadFromElsewhere(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.conf"), "name = stolen");
        for (String include : List.of(
                "include \"" + other + "\"",
                "include file(\"" + other + "\")",
                "include url(\"" + other.toUri() + "\")",
                "include classpath(\"reference.conf\")",
                "input { include required(file(\"" + other + "\")) }")) {
            new TinyFile()
                    .meta("network", include)
                    .assertRefused(
                            "the metadata 'lamina.network' is wrong: tiny: not a HOCON configuration: lamina.network:"
                                    + " include is not allowed here");
        }
    }

    @Test
    void textThatWouldGrowIsRefused() {
        String doubling = "a0 = [1]\na1 = ${a0} ${a0}\na2 = ${a1} ${a1}";
        for (String text : List.of(doubling, "name = ${?PATH}", "a += 1", " ".repeat((3 << 16) + 1))) {
            new TinyFile()
                    .meta("network", text)
                    .assertRefused("the metadata 'lamina.network' is longer than 196608 characters or has substit");
        }
    }

    @Test
    void deepNestingIsRefused() {
        for (String open : List.of("{", "[", "a{", "a=[", "a.", "layers = [{")) {
            new TinyFile()
                    .meta("network", open.repeat((3 << 16) / open.length()))
                    .assertRefused("the metadata 'lamina.network' is ");
        }
    }
}
