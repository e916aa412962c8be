package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorLibraryTest {

    @Test
    void threadsAreAsAsked() {
        TensorLibrary.useThreads(1);
        assertEquals(1, TensorLibrary.threads());
    }

    @Test
    void noThreadsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> TensorLibrary.useThreads(0));
    }
}
