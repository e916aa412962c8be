package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lamina.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trainer that is killed again and again, most often while it writes, and goes on with {@code --resume}: what lies on the disk
 * is whole at each moment, and the model is in the end the one of a training that nobody disturbed, bit for bit.
 */
final class TrainerKillTest {

    private static final String RECIPE = """
            {
              dataset = drawn-digits, epochs = 3, batch = 40, epoch-samples = 400
              optimiser { type = adam, learning-rate = 0.01 }
              validation { size = 100, draw = seeded }
            """;

    private static final int DIGEST = 32;
    /** How many starts there are from one that begins anew, over a finished training, to the next. */
    private static final int ANEW = 8;

    /** How many changes to files there are at least before the first epoch is done. */
    private static final int FIRST_CHANGES = 10;

    @TempDir
    private Path folder;

    private Path recipe;
    private Path whole;
    private Path killed;
    private final Random random = new Random(29);

    @BeforeEach
    void write() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no kill -9 here");
        recipe = Files.writeString(
                folder.resolve("tiny.conf"),
                "network {\n" + TinyModels.DEFINITION + "}\ntraining " + RECIPE + "}\nfine-tuning " + RECIPE
                        + "timesteps = 4, surrogate { type = linear, gamma = 0.5 } }\n");
        whole = Files.createDirectory(folder.resolve("whole"));
        killed = Files.createDirectory(folder.resolve("killed"));
    }

    @Test
    void trainGoesOn() throws Exception {
        goesOn("ann", List.of("train", recipe), Victim.kills(2));
    }

    @Test
    void finetuneGoesOn() throws Exception {
        goesOn("hybrid", List.of("finetune", TinyModels.spiking(folder), "--recipe", recipe), Victim.kills(1));
    }

    /** @param name the name of what the command makes, without ending */
    private void goesOn(String name, List<Object> command, int wanted) throws Exception {
        int changes;
        try (FileChanges seen = new FileChanges(whole)) {
            CommandRun.of(words(command, whole, name).toArray()).assertDone();
            changes = seen.seen();
        }
        assertTrue(changes > 90, changes + " changes: no checkpoint after each batch?");
        long begin = System.nanoTime();
        Duration starting = Duration.ofSeconds(1);
        int kills = 0;
        Set<String> left = new TreeSet<>();
        int finished = 0;
        boolean anew = true;
        for (int starts = 0; kills < wanted; starts++) {
            assertTrue(starts < 20 + 5 * wanted, "too few kills");
            if (starts % ANEW == 0) {
                // What is half written of a training that was not finished would stay beside one that is.
                delete();
                FileChanges.copy(whole, killed);
                anew = true;
            }
            try (FileChanges seen = new FileChanges(killed);
                    Victim trainer = Victim.start(words(command, name, anew))) {
                anew = false;
                boolean dead = starts % 4 == 3
                        ? trainer.killAfter(Victim.before(starting, random))
                        : trainer.killAt(seen, 1 + random.nextInt(starts % ANEW == 0 ? FIRST_CHANGES : changes / 2));
                if (dead) {
                    kills++;
                    left.addAll(checkWhole(name));
                } else {
                    assertEquals(0, trainer.status(), trainer.said());
                    checkFinished(name);
                    finished++;
                    anew = true;
                    delete();
                }
                starting = seen.untilFirst().isZero() ? starting : seen.untilFirst();
            }
        }
        CommandRun.of(words(command, name, anew)).assertDone();
        checkFinished(name);
        Victim.tell(
                "%s: %d kills, %d files half written, %d trainings finished, %.0f s",
                command.get(0), kills, left.size(), finished + 1, (System.nanoTime() - begin) / 1e9);
    }

    private static List<Object> words(List<Object> command, Path out, String name) {
        List<Object> words = new ArrayList<>(command);
        words.addAll(List.of("--out", out.resolve(name + ".safetensors"), "--checkpoint-minutes", 0));
        return words;
    }

    private Object[] words(List<Object> command, String name, boolean anew) {
        List<Object> words = words(command, killed, name);
        if (Files.exists(killed.resolve(name + ".checkpoint"))) {
            words.add(anew ? "--overwrite" : "--resume");
        }
        return words.toArray();
    }

    /** Whether what is there is whole; the names of the files that were half written. */
    private List<String> checkWhole(String name) throws IOException {
        List<String> left = new ArrayList<>();
        for (String file : FileChanges.names(killed)) {
            Path path = killed.resolve(file);
            if (FileChanges.temporary(file)) {
                left.add(file);
            } else if (file.equals(name + ".csv")) {
                List<String> rows = rows(path);
                assertEquals(rows(whole.resolve(file)).subList(0, rows.size()), rows);
            } else if (file.equals(name + ".checkpoint")) {
                byte[] bytes = Files.readAllBytes(path);
                int end = bytes.length - DIGEST;
                String digest = HexFormat.of().formatHex(bytes, end, bytes.length);
                assertEquals(Sha256.of(Arrays.copyOf(bytes, end)), digest);
            } else {
                assertEquals(name + ".safetensors", file);
                assertEquals(-1, Files.mismatch(whole.resolve(file), path));
            }
        }
        return left;
    }

    private void checkFinished(String name) throws IOException {
        assertEquals(List.of(), checkWhole(name));
        assertEquals(FileChanges.names(whole), FileChanges.names(killed));
        assertEquals(rows(whole.resolve(name + ".csv")), rows(killed.resolve(name + ".csv")));
    }

    /** A table without the seconds, in which alone two trainings may differ. */
    private static List<String> rows(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        int seconds = Arrays.asList(lines.get(0).split(",")).indexOf("seconds");
        return lines.stream()
                .map(line -> {
                    String[] cells = line.split(",", -1);
                    cells[seconds] = "";
                    return String.join(",", cells);
                })
                .toList();
    }

    private void delete() throws IOException {
        for (String file : FileChanges.names(killed)) {
            Files.delete(killed.resolve(file));
        }
    }
}
