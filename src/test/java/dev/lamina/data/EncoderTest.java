package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncoderTest {

    private static final long SEED = 0x1234_5678_9abc_def0L;
    private static final float[] MIXED = {0f, 1f, -1f, 0.5f, -0.25f, 0.003921569f, 1e-6f, -0f, 2f, -3f, 0.999f};

    private record Event(int index, float payload) {}

    @ParameterizedTest
    @EnumSource(
            value = Encoder.class,
            names = {"POISSON", "UNSIGNED_POISSON"})
    void firesWhereTheRandomWordIsBelowTheValue(Encoder encoder) {
        Encoding encoding = encoder.encoding(MIXED.length);
        for (int sample : new int[] {0, 1, 59_999, Integer.MAX_VALUE}) {
            encoding.begin(MIXED, SEED, sample);
            for (int tick = 0; tick < 50; tick++) {
                MutableList<Event> expected = Lists.mutable.empty();
                for (int i = 0; i < MIXED.length; i++) {
                    int[] words = new int[4];
                    Philox.block(SEED, i, tick / 4, sample, 0, words, 0);
                    boolean below = Integer.toUnsignedLong(words[tick % 4]) < Math.abs(MIXED[i]) * 4294967296.0;
                    if (below && (MIXED[i] > 0 || encoder == Encoder.POISSON)) {
                        expected.add(new Event(i, Math.signum(MIXED[i])));
                    }
                }
                assertEquals(expected, events(encoding, MIXED.length, tick));
            }
        }
    }

    /** Six standard deviations of the binomial distribution. */
    @ParameterizedTest
    @ValueSource(floats = {0.01f, 0.1f, 0.5f, 0.9f, -0.3f})
    void rateIsTheMagnitudeOfTheValue(float x) {
        int inputs = 100;
        int ticks = 100;
        float[] values = new float[inputs];
        Arrays.fill(values, x);
        Encoding encoding = Encoder.POISSON.encoding(inputs);
        encoding.begin(values, SEED, 3);
        int fired = 0;
        for (int tick = 0; tick < ticks; tick++) {
            MutableList<Event> events = events(encoding, inputs, tick);
            assertTrue(events.allSatisfy(event -> event.payload() == Math.signum(x)));
            fired += events.size();
        }
        double p = Math.abs(x);
        double n = (double) inputs * ticks;
        assertEquals(p, fired / n, 6 * Math.sqrt(p * (1 - p) / n));
    }

    @Test
    void oneAlwaysFiresAndZeroNever() {
        Encoding encoding = Encoder.POISSON.encoding(4);
        encoding.begin(new float[] {1, 0, -1, Float.NaN}, SEED, 0);
        for (int tick = 0; tick < 1000; tick++) {
            assertEquals(Lists.mutable.of(new Event(0, 1), new Event(2, -1)), events(encoding, 4, tick));
        }
    }

    @Test
    void unsignedIsSilentOnNegativeValues() {
        Encoding encoding = Encoder.UNSIGNED_POISSON.encoding(2);
        encoding.begin(new float[] {-1, 1}, SEED, 0);
        for (int tick = 0; tick < 100; tick++) {
            assertEquals(Lists.mutable.of(new Event(1, 1)), events(encoding, 2, tick));
        }
    }

    @Test
    void directRepeatsTheValuesThatAreNotZero() {
        Encoding encoding = Encoder.DIRECT.encoding(4);
        encoding.begin(new float[] {0.25f, 0, -2, -0f}, SEED, 0);
        for (int tick = 0; tick < 10; tick++) {
            assertEquals(Lists.mutable.of(new Event(0, 0.25f), new Event(2, -2)), events(encoding, 4, tick));
        }
        assertFalse(encoding.unitPayloads());
    }

    @Test
    void knowsWhetherAllPayloadsAreOne() {
        Encoding signed = Encoder.POISSON.encoding(2);
        signed.begin(new float[] {0.5f, 0}, SEED, 0);
        assertTrue(signed.unitPayloads());
        signed.begin(new float[] {0.5f, -0.5f}, SEED, 0);
        assertFalse(signed.unitPayloads());
        signed.begin(new float[] {0, 1}, SEED, 0);
        assertTrue(signed.unitPayloads());
        Encoding unsigned = Encoder.UNSIGNED_POISSON.encoding(2);
        unsigned.begin(new float[] {0.5f, -0.5f}, SEED, 0);
        assertTrue(unsigned.unitPayloads());
    }

    @ParameterizedTest
    @EnumSource(Encoder.class)
    void orderOfSamplesAndTicksDoesNotMatter(Encoder encoder) {
        int ticks = 13;
        Encoding reused = encoder.encoding(MIXED.length);
        for (int sample = 4; sample >= 0; sample--) {
            Encoding fresh = encoder.encoding(MIXED.length);
            fresh.begin(MIXED, SEED, sample);
            MutableList<MutableList<Event>> forwards = Lists.mutable.empty();
            for (int tick = 0; tick < ticks; tick++) {
                forwards.add(events(fresh, MIXED.length, tick));
            }
            reused.begin(new float[MIXED.length], SEED + 1, sample);
            events(reused, MIXED.length, 5);
            reused.begin(MIXED, SEED, sample);
            for (int tick = ticks - 1; tick >= 0; tick--) {
                assertEquals(forwards.get(tick), events(reused, MIXED.length, tick));
                assertEquals(forwards.get(tick), events(reused, MIXED.length, tick));
            }
        }
    }

    @Test
    void seedSampleAndTickEachChangeTheEvents() {
        float[] values = new float[64];
        Arrays.fill(values, 0.5f);
        MutableList<MutableList<Event>> all = Lists.mutable.empty();
        Encoding encoding = Encoder.POISSON.encoding(64);
        for (long seed : new long[] {0, 1, 1L << 32}) {
            for (int sample = 0; sample < 3; sample++) {
                encoding.begin(values, seed, sample);
                for (int tick = 0; tick < 9; tick++) {
                    all.add(events(encoding, 64, tick));
                }
            }
        }
        assertEquals(all.size(), all.distinct().size());
    }

    @Test
    void doesNotKeepTheValues() {
        float[] values = {1, 0};
        Encoding encoding = Encoder.POISSON.encoding(2);
        encoding.begin(values, SEED, 0);
        values[0] = 0;
        values[1] = 1;
        assertEquals(Lists.mutable.of(new Event(0, 1)), events(encoding, 2, 0));
        assertArrayEquals(new float[] {0, 1}, values);
    }

    private static MutableList<Event> events(Encoding encoding, int size, int tick) {
        int[] indices = new int[size];
        float[] payloads = new float[size];
        int count = encoding.encode(tick, indices, payloads);
        MutableList<Event> events = Lists.mutable.empty();
        for (int i = 0; i < count; i++) {
            assertTrue(i == 0 || indices[i - 1] < indices[i], "indices ascend");
            events.add(new Event(indices[i], payloads[i]));
        }
        return events;
    }
}
