package dev.lamina.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** What comes of endpoints that fail. */
final class FrontDoorTest {

    @Test
    void aRequestThatMemoryHasNoRoomForIsAnsweredCountedAndOver() throws Exception {
        InFlight inFlight = new InFlight(1);
        Metrics metrics = new Metrics(inFlight::count, () -> 1);
        Route route = new Route("GET", "/large", Route.Kind.WORK, exchange -> {
            throw new OutOfMemoryError("on purpose");
        });
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server, new HttpConnectionFactory(ChipServer.http()));
        server.addConnector(connector);
        server.setHandler(new FrontDoor(
                new Routes(List.of(route)), new Guard(Optional.empty()), inFlight, metrics, Limits.DEFAULT));
        server.start();
        try {
            for (int i = 0; i < 2; i++) {
                String answer = connector.getResponse("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
                TestServer.assertRefusal(answer.substring(answer.indexOf("\r\n\r\n") + 4), "the server's fault");
            }
        } finally {
            server.stop();
        }
        assertEquals(0, inFlight.count());
        String text = new String(metrics.text(), StandardCharsets.UTF_8);
        assertTrue(text.contains("lamina_requests_total{endpoint=\"GET /large\",status=\"500\"} 2"), text);
    }
}
