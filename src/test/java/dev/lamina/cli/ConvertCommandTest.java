package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Datasets;
import dev.lamina.data.Encoder;
import dev.lamina.data.Preprocessing;
import dev.lamina.data.Split;
import dev.lamina.io.InputException;
import dev.lamina.model.AnnModel;
import dev.lamina.model.ModelFile;
import dev.lamina.model.Provenance;
import dev.lamina.model.SpikingModel;
import dev.lamina.model.ValidationSplit;
import dev.lamina.network.NeuronModel;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.train.BalancingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConvertCommandTest {

    @TempDir
    private Path folder;

    @Test
    void modelGoesThroughTheWholeStory() throws IOException {
        Path ann = TinyModels.ann(folder);
        CommandRun run = CommandRun.of("convert", ann, "--balance-samples", 10, "--balance-timesteps", 5)
                .assertDone();
        Path snn = folder.resolve("snn.safetensors");
        assertEquals("", run.err());
        assertTrue(run.out().contains("hidden        8") && run.out().contains("readout"), run.out());
        assertTrue(run.out().endsWith(snn + " is ready for ./lamina simulate\n"), run.out());
        SpikingModel model = ModelFile.readSpiking(snn);
        assertArrayEquals(
                ModelFile.readAnn(ann).weights().tensor(0), model.weights().tensor(0));
        assertEquals(100, model.timesteps());
        assertEquals(Encoder.POISSON, model.encoder());
        Path config = CommandRun.config(folder, snn, "drawn-digits", "limit = 3, timesteps = 4");
        CommandRun.of("simulate", config).assertDone();
        CommandRun.of("inspect", snn).assertDone();
    }

    @Test
    void searchSaysThatTheSamplesHeldBackAreNotThoseOfTheTrainingSet() throws IOException {
        Path ann = TinyModels.ann(folder);
        AnnModel model = ModelFile.readAnn(ann);
        ValidationSplit split = new ValidationSplit(60, ValidationSplit.Draw.END, 0);
        ModelFile.write(
                ann,
                new AnnModel(
                        model.network(),
                        model.weights(),
                        model.preprocessing(),
                        Provenance.of("mnist", 1).withValidation(Optional.of(split))));
        CommandRun run = CommandRun.of(
                        "convert",
                        ann,
                        "--data",
                        TinyData.mnist(folder),
                        "--search-k",
                        "--timesteps",
                        2,
                        "--balance-samples",
                        2,
                        "--balance-timesteps",
                        2)
                .assertDone();
        assertTrue(
                run.err().startsWith("the model's lamina.validation does not fit: it tells of 60 samples held back"),
                run.err());
        assertTrue(run.out().contains(" training samples"), run.out());
    }

    @Test
    void searchedScaleIsTheBestOfThoseTried() throws IOException {
        Path ann = TinyModels.ann(folder);
        CommandRun run = CommandRun.of(
                        "convert",
                        ann,
                        "--search-k",
                        "--timesteps",
                        5,
                        "--balance-samples",
                        10,
                        "--balance-timesteps",
                        5)
                .assertDone();
        double best = ModelFile.readSpiking(folder.resolve("snn.safetensors"))
                .provenance()
                .conversion()
                .orElseThrow()
                .scale();
        double most = 0;
        double accuracyOfBest = -1;
        for (String line : run.out().lines().toList()) {
            if (line.matches(" *[01]\\.\\d +[0-9.]+ % *")) {
                String[] words = line.trim().split(" +", -1);
                most = Math.max(most, Double.parseDouble(words[1]));
                accuracyOfBest = Double.parseDouble(words[0]) == best ? Double.parseDouble(words[1]) : accuracyOfBest;
            }
        }
        assertEquals(most, accuracyOfBest, run.out());
        assertTrue(run.out().contains(String.format(Locale.ROOT, "  taken: k = %.1f\n", best)), run.out());
        CommandRun.of("convert", ann, "--search-k", "--k", 0.5).assertComplaint(2, "--search-k finds k");
    }

    @Test
    void float16HalvesTheFile() throws IOException {
        Path ann = TinyModels.ann(folder);
        convert(ann);
        float[] before = ModelFile.readSpiking(folder.resolve("snn.safetensors"))
                .weights()
                .tensor(0);
        long size = Files.size(folder.resolve("snn.safetensors"));
        convert(ann, "--float16");

        float[] after = ModelFile.readSpiking(folder.resolve("snn.safetensors"))
                .weights()
                .tensor(0);
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], after[i], Math.abs(before[i]) / 2048 + 1e-7);
        }
        assertTrue(Files.size(folder.resolve("snn.safetensors")) < size - before.length);
    }

    @Test
    void whatTheEncoderWillCutOffIsSaid() {
        AnnModel tiny = ModelFile.readAnn(TinyModels.ann(folder));
        Path wide = folder.resolve("wide.safetensors");
        ModelFile.write(
                wide,
                new AnnModel(tiny.network(), tiny.weights(), new Preprocessing(0, 0.25f, 0.25f), tiny.provenance()));
        String said = "values of up to 3.00, and the poisson encoder";
        String[] few = {"--balance-samples", "2", "--balance-timesteps", "2"};
        assertTrue(converted(wide, few).err().contains(said));
        assertFalse(converted(folder.resolve("ann.safetensors"), few).err().contains("cut off"));
    }

    private static CommandRun converted(Path ann, String... options) {
        List<Object> words = new ArrayList<>(List.of("convert", ann));
        words.addAll(List.of(options));
        return CommandRun.of(words.toArray()).assertDone();
    }

    @Test
    void settingsReachTheModel() throws IOException {
        Path ann = TinyModels.ann(folder);
        convert(ann, "--method", "baseline");
        float largest = threshold();
        convert(ann, "--k", 0.5);
        assertEquals(largest * 0.5, threshold(), 1e-6);
        convert(
                ann,
                "--timesteps",
                7,
                "--leak",
                0.9,
                "--reset",
                "hard",
                "--propagation",
                "next-step",
                "--encoder",
                "unsigned-poisson");
        SpikingModel model = ModelFile.readSpiking(folder.resolve("snn.safetensors"));
        assertEquals(7, model.timesteps());
        assertEquals(new NeuronModel(0.9f, Reset.HARD, Propagation.NEXT_STEP), model.neuron());
        assertEquals(Encoder.UNSIGNED_POISSON, model.encoder());
    }

    @Test
    void sameSeedGivesTheSameBytes() throws IOException {
        Path ann = TinyModels.ann(folder);
        Path first = folder.resolve("a").resolve("1.safetensors");
        Path second = folder.resolve("a b").resolve("2.safetensors");
        convert(ann, "--out", first);
        convert(ann, "--out", second);
        assertEquals(-1, Files.mismatch(first, second));
    }

    @Test
    void inputIsNeverOverwritten() throws IOException {
        Path snn = Files.move(TinyModels.spiking(folder), folder.resolve("snn.safetensors"));
        byte[] before = Files.readAllBytes(snn);
        CommandRun.of("convert", snn).assertComplaint(2, "the file to write is the one to read: " + snn, "--out");
        CommandRun.of("convert", snn, "--out", folder.resolve(".").resolve("snn.safetensors"))
                .assertComplaint(2, "the file to write is the one to read: ");
        assertArrayEquals(before, Files.readAllBytes(snn));
    }

    @Test
    void stopsAtOnceWhenAsked() {
        Path ann = TinyModels.ann(folder);
        BalancingRecipe recipe =
                new BalancingRecipe(1, 100, 2, 500, Encoder.POISSON, NeuronModel.INTEGRATE_AND_FIRE, 5, 1);
        var train = Datasets.open("drawn-digits", Split.TRAIN, Optional.empty());
        var model = ModelFile.read(ann);
        AtomicInteger asked = new AtomicInteger();
        InputException e = assertThrows(
                InputException.class,
                () -> ConvertCommand.run(model, "ann", recipe, train, () -> asked.incrementAndGet() > 3));
        assertTrue(e.getMessage().startsWith("stopped before all thresholds were balanced: ann: "), e.getMessage());
        assertTrue(asked.get() < 3 + 2 * Runtime.getRuntime().availableProcessors(), asked + " samples");
        assertFalse(Files.exists(folder.resolve("snn.safetensors")));
    }

    private CommandRun convert(Path ann, Object... options) throws IOException {
        Object[] words = new Object[options.length + 10];
        words[0] = "convert";
        words[1] = ann;
        words[2] = "--balance-samples";
        words[3] = 10;
        words[4] = "--balance-timesteps";
        words[5] = 5;
        words[6] = "--data";
        words[7] = TinyData.mnist(folder);
        words[8] = "--dataset";
        words[9] = "mnist";
        System.arraycopy(options, 0, words, 10, options.length);
        return CommandRun.of(words).assertDone();
    }

    private float threshold() {
        float[] thresholds = ModelFile.readSpiking(folder.resolve("snn.safetensors"))
                .populations()
                .get(0)
                .thresholds();
        assertTrue(thresholds != null && thresholds[0] > 0);
        return thresholds[0];
    }
}
