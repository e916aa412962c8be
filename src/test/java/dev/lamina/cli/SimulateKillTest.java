package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A simulation that is killed while it writes its report and its recording over those of another: each file is one or the other,
 * and the page, which is written last, is never one beside files of another run.
 */
final class SimulateKillTest {

    private static final int KILLS = Victim.kills(1);
    private static final int SEEDS = 2;
    private static final String PAGE = "report.html";
    private static final String DOCUMENT = "run.json";
    private static final String TABLE = "run.csv";

    @TempDir
    private Path folder;

    private final Random random = new Random(31);

    @Test
    void resultsAreAbsentOrWhole() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no kill -9 here");
        int changes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            try (FileChanges seen = changes(whole(seed))) {
                CommandRun.of(words(whole(seed), seed)).assertDone();
                changes = seen.seen();
            }
        }
        Path killed = folder.resolve("killed");
        long begin = System.nanoTime();
        Duration starting = Duration.ofSeconds(1);
        int kills = 0;
        Set<String> left = new TreeSet<>();
        int starts = 0;
        while (kills < KILLS) {
            assertTrue(++starts < 20 + 5 * KILLS, "too few kills");
            if (starts % 4 < SEEDS) {
                // The report of another run, which nobody disturbed, is there already.
                Path other = whole((starts + 1) % SEEDS);
                FileChanges.copy(other, killed);
                FileChanges.copy(other.resolve("charts"), killed.resolve("charts"));
            }
            try (FileChanges seen = changes(killed);
                    Victim simulation = Victim.start(words(killed, starts % SEEDS))) {
                boolean dead = starts % 8 == 0
                        ? simulation.killAfter(Victim.before(starting, random))
                        : simulation.killAt(seen, 1 + random.nextInt(changes));
                if (dead) {
                    kills++;
                } else {
                    assertEquals(0, simulation.status(), simulation.said());
                }
                starting = seen.untilFirst().isZero() ? starting : seen.untilFirst();
            }
            left.addAll(checkWhole(killed));
        }
        CommandRun.of(words(killed, 0)).assertDone();
        assertEquals(List.of(), checkWhole(killed));
        assertTrue(ofOneRun(killed, 0));
        Victim.tell(
                "simulate: %d kills, %d files half written, %.0f s",
                kills, left.size(), (System.nanoTime() - begin) / 1e9);
    }

    private Path whole(int seed) {
        return folder.resolve("whole-" + seed);
    }

    private static Object[] words(Path out, int seed) {
        return new Object[] {
            "simulate",
            "sim-configs/quickstart.conf",
            "--limit",
            12,
            "--timesteps",
            6,
            "--seed",
            seed,
            "--json",
            "--report",
            out,
            "--record",
            out.resolve("spikes.npz")
        };
    }

    private static FileChanges changes(Path out) throws IOException {
        return new FileChanges(
                out, Files.createDirectories(out.resolve("charts")).getParent());
    }

    /** Whether what is there is whole; the names of the files that were half written. */
    private List<String> checkWhole(Path out) throws IOException {
        List<String> left = new ArrayList<>();
        for (Path in : List.of(out, out.resolve("charts"))) {
            for (String name : FileChanges.names(in)) {
                String file = out.relativize(in.resolve(name)).toString();
                if (FileChanges.temporary(name)) {
                    left.add(name);
                } else {
                    assertTrue(of(out, file, 0) || of(out, file, 1), file + " is of neither run");
                }
            }
        }
        if (Files.exists(out.resolve(PAGE))) {
            assertTrue(ofOneRun(out, 0) || ofOneRun(out, 1), "a page beside files of another run");
        }
        return left;
    }

    private boolean ofOneRun(Path out, int seed) throws IOException {
        for (Path in : List.of(whole(seed), whole(seed).resolve("charts"))) {
            for (String name : FileChanges.names(in)) {
                // The recording is written before the report.
                if (!name.endsWith(".npz")
                        && !of(out, whole(seed).relativize(in.resolve(name)).toString(), seed)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether a file is that of the run with a seed. Three of them say when and where it was run, too. */
    private boolean of(Path out, String file, int seed) throws IOException {
        Path expected = whole(seed).resolve(file);
        Path actual = out.resolve(file);
        if (!Files.exists(actual) || !Files.exists(expected)) {
            return false;
        }
        if (file.equals(DOCUMENT)) {
            JsonNode run = new ObjectMapper().readTree(actual.toFile());
            return run.path("seed").asInt() == seed && run.has("machine");
        }
        if (file.equals(TABLE)) {
            return Files.readString(actual).contains("\nseed," + seed + "\n")
                    && keys(expected).equals(keys(actual));
        }
        if (file.equals(PAGE)) {
            String page = Files.readString(actual);
            return page.stripTrailing().endsWith("</html>") && page.contains("--seed " + seed);
        }
        return Files.mismatch(expected, actual) == -1;
    }

    private static List<String> keys(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .map(line -> line.split(",", -1)[0])
                .toList();
    }
}
