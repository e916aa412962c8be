package dev.lamina.serve;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.model.Weights;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.NetworkSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Bodies of {@code PUT /model}, in both arithmetics. What is accepted answers a sample. */
public final class PushedModelTarget implements FuzzTarget {

    private final List<TinyServer> servers = new ArrayList<>();
    private final List<ModelShelf> shelves = new ArrayList<>();

    /** Makes the servers. */
    public PushedModelTarget() throws IOException {
        for (Arithmetic arithmetic : Arithmetic.values()) {
            TinyServer server = new TinyServer(arithmetic);
            servers.add(server);
            shelves.add(server.shelf());
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                TinyServer.model(0.5f),
                TinyServer.model(-0.1f),
                TinyServer.model(Weights.LARGEST),
                TinyServer.file(TinyServer.model(TinyServer.NETWORK.replace("channels = 3", "channels = 2"), 1)),
                TinyServer.file(TinyServer.model(
                        "name = wide, input { channels = 1, height = 11585, width = 11585 },"
                                + " layers = [ { type = conv, name = c, channels = 1, kernel = 1 } ]",
                        1)));
    }

    @Override
    public void parse(byte[] input) {
        Refusals.check(() -> {
            for (int i = 0; i < servers.size(); i++) {
                if (shelves.get(i)
                        .put(new ByteArrayInputStream(input), OptionalLong.empty())
                        .changed()) {
                    new NetworkSimulator(servers.get(i).chip().model().network(), 2)
                            .run(new float[] {0, 1, -1, 0.5f}, 1, 0, TinyServer.MAX_TIMESTEPS);
                }
            }
        });
    }
}
