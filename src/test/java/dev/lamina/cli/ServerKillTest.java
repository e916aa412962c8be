package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lamina.model.ModelFile;
import dev.lamina.serve.ModelClient.Pushed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed again and again while models are pushed to it and samples stream: the next one goes on with the version
 * that was acknowledged last, or the one that was just being pushed, no number ever stands for two models, and whoever asks again
 * gets the answers that an undisturbed server would have given.
 */
final class ServerKillTest {

    /** When it is killed. */
    private enum While {
        PUSHED_TO,
        ANSWERING,
        STARTING,
        ENDING
    }

    private static final int KILLS = Victim.kills(3);
    private static final int CLIENTS = 2;
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    private final Random random = new Random(23);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<ServedRun> unfinished = new ArrayList<>();
    private final Queue<ServedRun> finished = new ConcurrentLinkedQueue<>();

    private Path state;
    private Path unfit;
    private ServedAnswers expected;
    private ServedVersions versions;
    private Duration starting = Duration.ofSeconds(1);
    private int answers;
    private int again;

    @BeforeEach
    void writeModels() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no kill -9 here");
        state = folder.resolve("state");
        expected = new ServedAnswers(folder);
        unfit = TinyModels.spiking(folder);
        versions = new ServedVersions(ModelFile.sha256(expected.files().get(0)), ModelFile.sha256(unfit));
    }

    @Test
    void nothingIsLostAndNothingIsAnotherAfterwards() throws Exception {
        long begin = System.nanoTime();
        int kills = 0;
        int ended = 0;
        Set<String> left = new TreeSet<>();
        for (int round = 0; kills < KILLS; round++) {
            assertTrue(round < 20 + 5 * KILLS, "too few kills");
            While moment = While.values()[round % While.values().length];
            try (Victim server = start()) {
                if (moment == While.STARTING) {
                    assertTrue(server.killAfter(Victim.before(starting, random)), server.said());
                    kills++;
                } else if (disturbed(server, moment)) {
                    kills++;
                } else {
                    assertEquals(0, server.status(), server.said());
                    ended++;
                }
            }
            left.addAll(versions.checkFiles(state));
        }
        try (Victim server = start()) {
            goOn(server);
            server.ask();
            assertEquals(0, server.status(), server.said());
        }
        assertEquals(List.of(), versions.checkFiles(state));
        Victim.tell(
                "serve: %d kills, %d ends in time, %d pushes, version %d, %d times one that was not acknowledged, %d answers,"
                        + " %d of them to who asked again, %d files half written, %.0f s",
                kills,
                ended,
                versions.acknowledgements(),
                versions.newest(),
                versions.adopted(),
                answers,
                again,
                left.size(),
                (System.nanoTime() - begin) / 1e9);
    }

    private Victim start() throws IOException {
        return Victim.start("serve", "sim-configs/quickstart.conf", "--port", 0, "--state", state);
    }

    /** Clients and a pusher at work until the server is killed; false if it has ended before. */
    private boolean disturbed(Victim server, While moment) throws Exception {
        long begin = System.nanoTime();
        URI address = goOn(server);
        starting = Duration.ofNanos(System.nanoTime() - begin);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (FileChanges changes = new FileChanges(state)) {
            Semaphore heard = new Semaphore(0);
            List<Future<ServedRun>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(client(address, new Random(random.nextLong()), heard)));
            }
            Random dice = new Random(random.nextLong());
            ModelPusher models = new ModelPusher(http, address, versions);
            Future<?> pusher = threads.submit(() -> {
                models.pushAll(expected.files(), unfit, dice);
                return null;
            });
            boolean killed = killWhile(moment, server, heard, changes);
            for (Future<ServedRun> client : clients) {
                unfinished.add(client.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            pusher.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (ServedRun run = finished.poll(); run != null; run = finished.poll()) {
                check(run);
            }
            return killed;
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean killWhile(While moment, Victim server, Semaphore heard, FileChanges changes) throws Exception {
        if (moment == While.PUSHED_TO) {
            return server.killAt(changes, 1 + random.nextInt(60));
        }
        assertTrue(heard.tryAcquire(1 + random.nextInt(100), PATIENCE_SECONDS, TimeUnit.SECONDS), server.said());
        if (moment == While.ENDING) {
            server.ask();
            return server.killAfter(Duration.ofMillis(random.nextInt(1 << random.nextInt(11))));
        }
        return server.kill();
    }

    /** Wishes one run after the other until the server is gone; what it gives back is not done. */
    private Callable<ServedRun> client(URI server, Random dice, Semaphore heard) {
        return () -> {
            while (true) {
                ServedRun run =
                        new ServedRun(dice.nextInt(40), 1 + dice.nextInt(40), 2 + 2 * dice.nextInt(2), dice.nextInt(2));
                if (!run.ask(http, server, heard::release)) {
                    return run;
                }
                finished.add(run);
            }
        };
    }

    /** Waits for a server, looks at what it goes on with, and has it do what the one before it left undone. */
    private URI goOn(Victim server) throws Exception {
        String line = server.line("serving version ").orElse("");
        assertTrue(line.contains(" at http://"), server.said());
        URI address = URI.create(line.replaceFirst(".* at (http://[0-9.:]+);.*", "$1"));
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/ready")).build();
        JsonNode ready = new ObjectMapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
        long version = ready.path("model_version").asLong();
        String sha256 = ready.path("model_sha256").asText();
        versions.resume(version, sha256);
        assertEquals(List.of(), versions.checkFiles(state));
        assertTrue(FileChanges.names(state).size() <= 3, "more than the lock, a model and the one before");

        String wanted = versions.beingPut();
        Pushed pushed = new ModelPusher(http, address, versions)
                .push(expected.file(wanted))
                .orElseThrow();
        assertEquals(!sha256.equals(wanted), pushed.changed());
        for (ServedRun run : unfinished) {
            int before = run.answers().size();
            assertTrue(run.ask(http, address, () -> {}), server.said());
            again += run.answers().size() - before;
            check(run);
        }
        unfinished.clear();
        return address;
    }

    private void check(ServedRun run) {
        run.check(expected);
        run.answers().forEach(versions::see);
        answers += run.answers().size();
    }
}
