package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.sim.SpikeBatch;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpikeRecordTest {

    private static final int NEURONS = 7;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 200})
    void answersAreThoseOfABooleanArray(int timesteps) {
        SpikeRecord record = new SpikeRecord(NEURONS, timesteps);
        for (double rate : new double[] {0, 0.01, 0.1, 0.5, 1}) {
            boolean[][] fired = draw(timesteps, rate, new Random(timesteps));
            record.record(batch(fired));

            long all = 0;
            for (int n = 0; n < NEURONS; n++) {
                for (int t = 0; t < timesteps; t++) {
                    assertEquals(fired[t][n], record.fired(n, t));
                    all += fired[t][n] ? 1 : 0;
                }
                for (int t = 0; t <= timesteps; t++) {
                    assertEquals(previous(fired, n, t), record.previous(n, t), n + " before " + t);
                    assertEquals(next(fired, n, t), record.next(n, t), n + " from " + t);
                }
            }
            assertEquals(all, record.count());
        }
        assertEquals(NEURONS, record.neurons());
        assertEquals(timesteps, record.timesteps());
    }

    private static boolean[][] draw(int timesteps, double rate, Random random) {
        boolean[][] fired = new boolean[timesteps][NEURONS];
        for (boolean[] row : fired) {
            for (int n = 0; n < NEURONS; n++) {
                row[n] = random.nextDouble() < rate;
            }
        }
        return fired;
    }

    private static SpikeBatch batch(boolean[][] fired) {
        SpikeBatch batch = new SpikeBatch();
        for (boolean[] row : fired) {
            for (int n = 0; n < NEURONS; n++) {
                if (row[n]) {
                    batch.add(n);
                }
            }
            batch.endTick();
        }
        return batch;
    }

    private static int previous(boolean[][] fired, int neuron, int tick) {
        for (int t = tick - 1; t >= 0; t--) {
            if (fired[t][neuron]) {
                return t;
            }
        }
        return -1;
    }

    private static int next(boolean[][] fired, int neuron, int tick) {
        for (int t = tick; t < fired.length; t++) {
            if (fired[t][neuron]) {
                return t;
            }
        }
        return fired.length;
    }
}
