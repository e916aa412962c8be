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

    /** What readers of lines and terminals take for a line end or an escape beyond ASCII. */
    @Test
    void isOneLineBeyondAscii() {
        InputException e = InputException.file("a\u2028b", "c\u2029d\u0085e", "f\u009b31mg");
        assertEquals("a b: c d e: f 31mg", e.getMessage());
    }
}
