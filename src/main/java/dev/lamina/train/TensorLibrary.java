package dev.lamina.train;

import org.bytedeco.pytorch.global.torch;

/** The tensor library's process-wide settings. The first call loads its native code. */
public final class TensorLibrary {

    private TensorLibrary() {}

    /** Lets one operation of the calling thread use all cores. */
    public static void useAllCores() {
        useThreads(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Lets one operation of the calling thread use up to {@code threads} cores. The last bits of a training result
     * depend on it, since sums are divided among the threads.
     *
     * @param threads at least 1
     */
    public static void useThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least 1 thread is needed, not " + threads);
        }
        torch.set_num_threads(threads);
    }

    /** How many cores an operation of the calling thread may use. */
    public static int threads() {
        return torch.get_num_threads();
    }
}
