package dev.lamina.mapping;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Meshes for tests: random ones, and those that docs/mapping.md prints. */
final class Meshes {

    private static final Pattern PRINTED = Pattern.compile("```hocon\\n# (\\w+)\\n(.*?)```", Pattern.DOTALL);

    private Meshes() {}

    /** A random mesh that the network fits, drawn small and made larger until it does. */
    static Placement placement(Network network, Random random) {
        MeshTiming timing = new MeshTiming(
                random.nextDouble(),
                random.nextDouble(),
                random.nextInt(40) * random.nextDouble(),
                random.nextDouble(),
                10,
                random.nextInt(4) == 0 ? 1000 : 0);
        int columns = 1 + random.nextInt(9);
        int rows = 1 + random.nextInt(9);
        int neurons = 1 + random.nextInt(120);
        int bytes = 1 + random.nextInt(4000);
        int weightBits = 1 + random.nextInt(12);
        int addressBits = random.nextInt(10);
        int axons = 1 + random.nextInt(400);
        boolean limited = random.nextBoolean();
        ConvolutionStorage storage = random.nextBoolean() ? ConvolutionStorage.SHARED : ConvolutionStorage.REPLICATED;
        while (true) {
            try {
                return Placement.of(
                        network,
                        new Mesh(
                                columns,
                                rows,
                                neurons,
                                bytes,
                                weightBits,
                                addressBits,
                                storage,
                                limited ? OptionalInt.of(axons) : OptionalInt.empty(),
                                timing));
            } catch (InputException e) {
                bytes += bytes / 2 + 1;
                axons += axons / 2 + 1;
                rows++;
                neurons++;
            }
        }
    }

    /** The {@code mesh} sections in docs/mapping.md, by the profile that the comment before them names. */
    static Map<String, Mesh> printed() {
        try {
            Matcher matcher = PRINTED.matcher(Files.readString(Path.of("docs", "mapping.md")));
            Map<String, Mesh> meshes = new TreeMap<>();
            while (matcher.find()) {
                meshes.put(
                        matcher.group(1),
                        Mesh.parse(Settings.parse(matcher.group(2), matcher.group(1))
                                .section("mesh")));
            }
            return meshes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
