package dev.lamina.data;

/** Analog input: the same graded events in every time step. */
final class DirectEncoding implements Encoding {

    private final int[] active;
    private final float[] currents;
    private int count;

    DirectEncoding(int size) {
        active = new int[size];
        currents = new float[size];
    }

    @Override
    public void begin(float[] values, long seed, int sample) {
        count = 0;
        for (int i = 0; i < active.length; i++) {
            if (values[i] != 0) {
                active[count] = i;
                currents[count++] = values[i];
            }
        }
    }

    @Override
    public int encode(int tick, int[] indices, float[] payloads) {
        System.arraycopy(active, 0, indices, 0, count);
        System.arraycopy(currents, 0, payloads, 0, count);
        return count;
    }

    @Override
    public boolean unitPayloads() {
        return false;
    }
}
