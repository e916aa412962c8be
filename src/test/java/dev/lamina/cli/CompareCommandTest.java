package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.report.html.RunFixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompareCommandTest {

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void write() throws IOException {
        run = Files.writeString(folder.resolve("run.json"), RunFixture.run(1).toString());
    }

    @Test
    void printsTextOrJsonAndWritesAPage() throws IOException {
        Path page = folder.resolve("new/compare.html");
        CommandRun text = CommandRun.of("compare", run, folder, "--out", page).assertDone();
        assertTrue(text.out().contains("98.75 % (+0.00)") || text.out().contains("98.75 % (=)"), text.out());
        assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
        CommandRun json = CommandRun.of("compare", run, run, "--json").assertDone();
        assertEquals(2, new ObjectMapper().readTree(json.out()).get("runs").size());
    }

    @Test
    void oneRunIsTooFew() {
        CommandRun.of("compare", run)
                .assertComplaint(
                        2, "at least 2 of RUN.json are needed, and 1 given: ", ": see ./lamina compare --help");
    }

    @Test
    void pageDoesNotTakeTheRunsPlace() {
        for (Path named : new Path[] {run, folder}) {
            CommandRun.of("compare", run, named, "--out", run)
                    .assertComplaint(2, "the file to write is the one to read");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|the document is not an object|",
                "'{'|not a JSON document|line 1",
                "'{} x'|not a JSON document|",
                "'[1]'|the document is not an object|",
                "'{}'|'model' is missing|",
                "'{\"model\": 3}'|'model' is not an object|",
                "'{\"model\": {\"network\": \"a\"}, \"samples\": 1e400}'|'samples' is not a whole number|",
                "'{\"model\": {\"network\": \"a\"}, \"samples\": 1, \"samples\": 2}'|not a JSON document|",
            })
    void damagedRunIsOneLine(String content, String what, String where) throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.json"), content);
        CommandRun.of("compare", run, damaged)
                .assertComplaint(1, what, "damaged.json", where == null ? "" : where, ": give the run.json");
    }

    @Test
    void everyPrefixOfARunIsOneLine() throws IOException {
        String whole = Files.readString(run);
        for (int length = 0; length < whole.length(); length += whole.length() / 20 + 1) {
            Path damaged = Files.writeString(folder.resolve("damaged.json"), whole.substring(0, length));
            CommandRun.of("compare", run, damaged).assertComplaint(1, "damaged.json");
        }
    }

    @Test
    void deepAndHugeFilesAreRefused() throws IOException {
        Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(100_000));
        CommandRun.of("compare", run, deep).assertComplaint(1, "not a JSON document");
        Path huge = folder.resolve("huge.json");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength((64L << 20) + 1);
        }
        CommandRun.of("compare", run, huge).assertComplaint(1, "the file is larger than 67,108,864 bytes");
        CommandRun.of("compare", run, folder.resolve("none.json")).assertComplaint(1, "no such file", "none.json");
    }
}
