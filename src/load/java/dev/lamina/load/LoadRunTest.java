package dev.lamina.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A load of seconds, so that the one of minutes works when it is wanted. */
@Timeout(120)
final class LoadRunTest {

    private static final int CLIENTS = 8;
    private static final int REQUESTS = 200;
    private static final int PUSHES = 3;

    /** Java is told not to take pains, and gets no vectors, which are slow until it does. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m");

    @Test
    void clientsAndTheServerAgreeThatAllWasAnsweredRightly(@TempDir Path folder) throws Exception {
        Expectations expectations = new Expectations(LoadRun.MODELS, 20);
        try (ServerProcess server = ServerProcess.start(folder, QUICK)) {
            Tally tally = new Tally();
            BooleanSupplier more =
                    () -> tally.errors() == 0 && (tally.answers() < REQUESTS || tally.answers(Kind.PUSH) < PUSHES);
            Load load = new Load(server.address(), expectations, new Versions(), tally, new Latencies(), more);
            new LoadRun(load, CLIENTS, Duration.ofMillis(100)).join();
            assertEquals(List.of(), tally.messages());
            for (Kind kind : Kind.values()) {
                assertTrue(tally.answers(kind) > 0, kind + " of " + tally.answers());
                assertEquals(tally.answers(kind), load.latencies().of(kind).getTotalCount());
            }
            assertEquals(List.of(), new Books(server.address()).objections(tally));
            assertEquals(0, server.end());
        }
    }
}
