package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationComplaintsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiemsteps = 5 | unknown key 'tiemsteps': | line 3: known here: ",
                "timesteps = 0 | key 'timesteps' is 0: | line 3: give it a whole number from 1",
                "timesteps = many | mistyped key 'timesteps': | line 3",
                "limit = 0 | key 'limit' is 0: | line 3",
                "split = exam | key 'split' is exam: | line 3: give it one of train, test",
                "encoder = morse | key 'encoder' is morse: | one of poisson, unsigned-poisson, direct",
                "arithmetic = bfloat | key 'arithmetic' is bfloat: | one of float32, fixed16",
                "encoder = direct, arithmetic = fixed16 | the direct encoder gives currents | float32",
                "profiles = [abacus] | unknown hardware profile: abacus: | cmos45-fp32, cmos45-int32",
                "profiles = [abacus.conf] | no such configuration file: | abacus.conf",
                "profiles = loihi | mistyped key 'profiles': | line 3: give it a list of texts",
                "chip { burst = 0 } | key 'chip.burst' is 0: | line 3",
                "chip { pipelines = 0 } | key 'chip.pipelines' is 0: | line 3",
                "chip { bursts = 1 } | unknown key 'chip.bursts': | line 3",
                "chip { | not a HOCON configuration: | sim.conf",
                "include \"x.conf\" | not a HOCON configuration: | sim.conf",
            })
    void simulationsConfiguration(String line, String what, String where) throws IOException {
        Path config = CommandRun.config(folder, TinyModels.spiking(folder), "drawn-digits", line);
        CommandRun.of("simulate", config).assertComplaint(2, what, where);
        CommandRun.of("bench", config).assertComplaint(2, what, where);
    }

    @Test
    void oneProfileNamedOverAndOver() throws IOException {
        String line = "profiles = [" + "loihi,".repeat(65) + "]";
        Path config = CommandRun.config(folder, TinyModels.spiking(folder), "drawn-digits", line);
        CommandRun.of("simulate", config).assertComplaint(2, "more than 64 hardware profiles: ", "line 3");
    }

    @Test
    void unknownDataSet() throws IOException {
        Path config = CommandRun.config(folder, TinyModels.spiking(folder), "imagenet", "");
        CommandRun.of("simulate", config).assertComplaint(2, "key 'dataset' is imagenet: ", "line 2", "drawn-digits");
    }

    @Test
    void missingFile() {
        Path absent = folder.resolve("absent.conf");
        for (String command : new String[] {"simulate", "bench", "train"}) {
            CommandRun.of(command, absent)
                    .assertComplaint(2, "no such configuration file: " + absent, "give the path of");
            CommandRun.of(command, folder).assertComplaint(2, "the configuration is not a file: " + folder);
        }
    }

    @Test
    void configurationOfAnotherKind() {
        CommandRun.of("train", "sim-configs/quickstart.conf").assertComplaint(2, "missing key 'network': ");
        CommandRun.of("simulate", "models/lenet5-digits.conf").assertComplaint(2, "missing key 'model': ");
    }

    @Test
    void verboseAddsTheStackTrace() {
        Path absent = folder.resolve("absent.conf");
        CommandRun quiet = CommandRun.of("simulate", absent);
        CommandRun verbose = CommandRun.of("simulate", absent, "--verbose");
        assertEquals(2, verbose.status());
        assertTrue(verbose.err().contains("\n\tat dev.lamina."), verbose.err());
        assertTrue(verbose.err().endsWith("\n" + quiet.err()), verbose.err());
    }

    @Test
    void targetThatCanNotBeWrittenIsFoundBeforeTheWork() throws IOException {
        Path ann = TinyModels.ann(folder);
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Path train = Path.of("models", "lenet5-digits.conf");
        long before = count();
        CommandRun.of("convert", ann, "--out", folder).assertComplaint(2, "the file to write is a folder: " + folder);
        CommandRun.of("train", train, "--out", folder).assertComplaint(2, "the file to write is a folder: " + folder);
        Path within = file.resolve("deep").resolve("x.safetensors");
        CommandRun.of("convert", ann, "--out", within)
                .assertComplaint(1, "cannot write the file: " + within, file + " is not a folder");
        CommandRun.of("train", train, "--out", within).assertComplaint(1, "cannot write the file: " + within);
        CommandRun.of("demo", "--out", file).assertComplaint(1, "cannot write the file: ", file.toString());
        assertEquals(before, count());
        assertEquals("precious", Files.readString(file));
    }

    private long count() throws IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }
}
