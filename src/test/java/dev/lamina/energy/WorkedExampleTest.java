package dev.lamina.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.report.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked example of docs/energy.md: its counts, and what the profiles make of them. */
final class WorkedExampleTest {

    private static final double SAMPLES = 100;

    // Sums over the samples, as the JSON document has them.
    private static final List<Workload> LAYERS = List.of(
            layer("conv1", 1024, 1024, 4704, 150, 117600, 140953320, 47040000, 17923860, 940309, 1584325),
            layer("conv2", 4704, 1176, 1600, 2400, 240000, 505032928, 16000000, 15378000, 1584325, 520658),
            layer("conv3", 1600, 400, 120, 48000, 48000, 62478960, 1200000, 1175160, 520658, 75045),
            layer("fc1", 120, 120, 84, 10080, 10080, 6303780, 840000, 805728, 75045, 65404),
            layer("fc2", 84, 84, 10, 840, 840, 654040, 100000, 93660, 65404, 0));

    private static String page = "";

    @BeforeAll
    static void readPage() throws IOException {
        page = Files.readString(Path.of("docs", "energy.md")).replaceAll("\\s+", " ");
    }

    @Test
    void countsAreThoseOfThePage() {
        for (Workload layer : LAYERS) {
            assertStands(String.format(
                    Locale.ROOT,
                    "| %s | %,.2f | %,.2f | %,.0f | %,.2f | ",
                    layer.layer(),
                    layer.eventsIn(),
                    layer.accumulates(),
                    layer.neuronUpdates(),
                    layer.touchedNeuronUpdates()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cmos45-fp32",
                "cmos45-int32",
                "cmos45-int8",
                "lemaire2022",
                "spinnaker",
                "spinnaker2",
                "truenorth"
            })
    void rowOfTheReportIsThatOfThePage(String name) {
        HardwareProfile profile = HardwareProfiles.named(name, Path.of(""));
        Energy energy = profile.energy(LAYERS);
        String ann = profile.annEnergy(LAYERS)
                .map(a -> Quantity.scaled(a.total(), "J") + " " + Quantity.number(energy.total() / a.total(), 2))
                .orElse("no figure");
        assertStands(String.join(
                " ",
                name,
                Quantity.scaled(energy.synapses(), "J"),
                Quantity.scaled(energy.neurons(), "J"),
                Quantity.scaled(energy.memory(), "J"),
                Quantity.scaled(energy.traffic(), "J"),
                Quantity.scaled(energy.total(), "J"),
                ann));
    }

    @Test
    void arithmeticAndChipsComeOutToTheLastDigit() {
        assertPicojoules("6,438,807.252 pJ = 6.44 µJ", energy("cmos45-fp32").total());
        assertPicojoules("715,423.028 pJ", energy("cmos45-int32").total());
        assertPicojoules("214,626.908 pJ", energy("cmos45-int8").total());
        assertPicojoules("1,915,992 pJ = 1.92 µJ", ann("cmos45-fp32").total());
        assertPicojoules("1,332,864 pJ", ann("cmos45-int32").total());
        assertPicojoules("95,799.6 pJ", ann("cmos45-int8").total());
        assertPicojoules("186,009,987.28 pJ", energy("truenorth").total());
        assertPicojoules("3,219,403,626 pJ", energy("spinnaker2").synapses());
        assertPicojoules("1,427,442,000 pJ", energy("spinnaker2").neurons());
        assertPicojoules("95,151,262,724 pJ", energy("spinnaker").synapses());
        assertPicojoules("16,946,800,000 pJ", energy("spinnaker").neurons());
    }

    @Test
    void loihiComesOutWithAndWithoutTouchedNeurons() {
        Energy energy = energy("loihi");
        assertPicojoules("168,839,834.608 pJ", energy.synapses());
        assertPicojoules("54,157.597 pJ", energy.traffic());
        assertPicojoules("44,152,758.32 pJ", energy.neurons());
        assertPicojoules("213,046,750.525 pJ = 213 µJ", energy.total());
        List<Workload> untouched =
                LAYERS.stream().map(WorkedExampleTest::allTouched).toList();
        Energy bound = HardwareProfiles.named("loihi", Path.of("")).energy(untouched);
        assertPicojoules("52,795,800 pJ", bound.neurons());
        assertPicojoules("221,689,792.205 pJ = 222 µJ", bound.total());
    }

    @Test
    void lemaireComesOutTermByTerm() {
        Energy energy = energy("lemaire2022");
        assertPicojoules("1,592,422.632 pJ = 1.59 µJ", energy.synapses());
        assertPicojoules("67,425.432 pJ = 67.4 nJ", energy.neurons());
        assertNanojoules("212,737.9 nJ = 213 µJ", energy.memory());
        assertNanojoules("214,397.7 nJ = 214 µJ", energy.total());
        Energy ann = ann("lemaire2022");
        assertEquals(1332864 + 6997.4, ann.synapses() * 1e12, 1e-6);
        assertStands("× 0.1 = 6,997.4 pJ");
        assertPicojoules("651.8 pJ", ann.neurons());
        assertNanojoules("6,443.6 nJ", ann.memory());
        assertNanojoules("7,784.1 nJ = 7.78 µJ", ann.total());
    }

    @Test
    void memoriesOfEachLayerAreThoseOfThePage() {
        MemoryCosts memory =
                HardwareProfiles.named("lemaire2022", Path.of("")).memory().orElseThrow();
        for (Workload layer : LAYERS) {
            Workload.Size size = layer.size();
            double events = memory.picojoulesPerByte(4 * size.sourceNeurons());
            double inputs = memory.picojoulesPerByte(4 * size.pooledNeurons());
            double weights = memory.picojoulesPerByte(4 * size.weights());
            double outputs = memory.picojoulesPerByte(4 * size.neurons());
            assertStands(String.format(
                    Locale.ROOT,
                    "| %s | %.6f, %.6f, %.6f | %,.1f | %,.1f | %,.1f | %,.1f |",
                    layer.layer(),
                    events,
                    weights,
                    outputs,
                    nanojoules(layer.eventsIn(), events),
                    nanojoules(layer.accumulates(), weights),
                    nanojoules(2 * (layer.accumulates() + layer.neuronUpdates()), outputs),
                    nanojoules(layer.spikesOut(), outputs)));
            double reads = size.macs() > size.weights() ? size.macs() : size.pooledNeurons();
            assertStands(String.format(
                    Locale.ROOT,
                    "| %s | %.6f, %.6f, %.6f | %,.1f | %,.1f | %,.1f |",
                    layer.layer(),
                    inputs,
                    weights,
                    outputs,
                    nanojoules(reads, inputs),
                    nanojoules(size.macs(), weights),
                    nanojoules(size.neurons(), outputs)));
        }
    }

    @Test
    void rateFormOfThePapersIsThatOfThePage() {
        double all = 0;
        for (Workload layer : LAYERS) {
            all += layer.eventsIn()
                    / layer.size().sourceNeurons()
                    * layer.size().macs();
        }
        assertStands(String.format(
                Locale.ROOT, "Altogether %,.0f operations, %s in", all, Quantity.scaled(all * 0.9e-12, "J")));
    }

    private static Workload layer(
            String name,
            int source,
            int pooled,
            int neurons,
            int weights,
            int macs,
            long synops,
            long updates,
            long touched,
            long events,
            long spikes) {
        return new Workload(
                name,
                new Workload.Size(source, pooled, neurons, weights, macs),
                100,
                synops / SAMPLES,
                0,
                updates / SAMPLES,
                touched / SAMPLES,
                events / SAMPLES,
                spikes / SAMPLES,
                events / SAMPLES,
                0);
    }

    private static Workload allTouched(Workload layer) {
        return new Workload(
                layer.layer(),
                layer.size(),
                layer.timesteps(),
                layer.accumulates(),
                layer.multiplyAccumulates(),
                layer.neuronUpdates(),
                layer.neuronUpdates(),
                layer.eventsIn(),
                layer.spikesOut(),
                layer.packets(),
                layer.hops());
    }

    private static Energy energy(String profile) {
        return HardwareProfiles.named(profile, Path.of("")).energy(LAYERS);
    }

    private static Energy ann(String profile) {
        return HardwareProfiles.named(profile, Path.of("")).annEnergy(LAYERS).orElseThrow();
    }

    private static double nanojoules(double words, double picojoulesPerByte) {
        return words * 4 * picojoulesPerByte / 1000;
    }

    private static void assertPicojoules(String text, double joules) {
        assertNumber(text, joules * 1e12);
    }

    private static void assertNanojoules(String text, double joules) {
        assertNumber(text, joules * 1e9);
    }

    /** The text begins with that number, rounded to its decimals, gives it in the table's form behind '=', and stands on the page. */
    private static void assertNumber(String text, double expected) {
        String digits = text.substring(0, text.indexOf(' '));
        int decimals = digits.contains(".") ? digits.length() - digits.indexOf('.') - 1 : 0;
        assertEquals(String.format(Locale.ROOT, "%,." + decimals + "f", expected), digits);
        if (text.contains("=")) {
            double unit = text.contains(" pJ ") ? 1e-12 : 1e-9;
            assertEquals(Quantity.scaled(expected * unit, "J"), text.substring(text.indexOf('=') + 2));
        }
        assertStands(text);
    }

    private static void assertStands(String text) {
        assertTrue(page.contains(text), () -> "docs/energy.md does not say: " + text);
    }
}
