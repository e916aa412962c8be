package dev.lamina.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing checks, on the seeds and on some inputs near them: the same in each build, in a few seconds. */
@Timeout(60)
final class FuzzRegressionTest {

    private static final int ROUNDS = 60;

    /** What fuzzers put in place of a byte. */
    private static final byte[] TELLING = {0, 1, 9, '"', '$', '-', '0', '{', '}', 127, -128, -1};

    static List<String> targets() {
        return FuzzTargets.names();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void acceptsASeed(String name) throws IOException {
        FuzzTarget target = FuzzTargets.named(name);
        List<byte[]> seeds = target.seeds();
        long accepted =
                seeds.stream().filter(seed -> FuzzProperty.check(target, seed)).count();
        assertTrue(accepted > 0, "none of " + seeds.size() + " seeds is accepted");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void refusesOrReadsDamagedSeeds(String name) throws IOException {
        FuzzTarget target = FuzzTargets.named(name);
        List<byte[]> seeds = target.seeds();
        Random random = new Random(1);
        check(target, new byte[0], "nothing");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] seed = seeds.get(round % seeds.size());
            byte[] cut = Arrays.copyOf(seed, random.nextInt(seed.length));
            check(target, cut, "seed " + round % seeds.size() + " cut to " + cut.length);
            byte[] changed = seed.clone();
            int at = random.nextInt(seed.length);
            changed[at] = TELLING[random.nextInt(TELLING.length)];
            check(target, changed, "seed " + round % seeds.size() + " with " + changed[at] + " at " + at);
        }
    }

    private static void check(FuzzTarget target, byte[] input, String what) {
        try {
            FuzzProperty.check(target, input);
        } catch (Throwable e) {
            fail(what, e);
        }
    }
}
