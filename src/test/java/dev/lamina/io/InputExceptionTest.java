package dev.lamina.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class InputExceptionTest {

    @Test
    void isOneLineWhateverTheNames() {
        InputException e = InputException.file("not\r\na file", "a\u001b[31m\tb", " give another\n");
        assertEquals("not a file: a [31m b: give another", e.getMessage());
        assertEquals(InputException.Kind.FILE, e.kind());
    }
}
