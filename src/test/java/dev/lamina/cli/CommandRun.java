package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command did, run in this process: its exit status and what it wrote. */
record CommandRun(int status, String out, String err) {

    static CommandRun of(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int status = Main.commandLine().execute(words);
            return new CommandRun(
                    status, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    CommandRun assertDone() {
        assertEquals(0, status, err);
        return this;
    }

    /** One line that says what is wrong, where, and how to mend it; and nothing else. */
    void assertComplaint(int expectedStatus, String... parts) {
        assertEquals(expectedStatus, status, out + err);
        assertEquals("", out);
        assertTrue(err.endsWith("\n") && err.indexOf('\n') == err.length() - 1, "not one line: " + err);
        assertTrue(err.startsWith("lamina: "), err);
        assertTrue(err.split(": ").length >= 4, "not what, where and how to mend it: " + err);
        assertFalse(err.contains("Exception"), err);
        for (String part : parts) {
            assertTrue(err.contains(part), "no '" + part + "' in " + err);
        }
    }

    static Path config(Path folder, Path model, String dataset, String more) throws IOException {
        return Files.writeString(
                folder.resolve("sim.conf"),
                "model = \"" + model.toAbsolutePath() + "\"\ndataset = " + dataset + "\n" + more + "\n");
    }
}
