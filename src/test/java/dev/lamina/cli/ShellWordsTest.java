package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellWordsTest {

    @Test
    void plainWordsStayAsTheyAre() {
        assertEquals(
                "simulate sim-configs/a_b.conf --limit=5 --data /d",
                ShellWords.line(List.of("simulate", "sim-configs/a_b.conf", "--limit=5", "--data", "/d")));
        assertEquals("'my data'", ShellWords.quoted("my data"));
        assertEquals("''", ShellWords.quoted(""));
    }

    @Test
    void theShellReadsThemBack() throws IOException, InterruptedException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no POSIX shell here");
        List<String> words =
                List.of("", "a b", "it's", "$HOME", "`x`", "\"", "a\\b", "*", "~", "#", "a;b&c|d", "!x", "--k=0.5");
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + ShellWords.line(words)).start();
        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor());
        assertEquals(String.join("\n", words) + "\n", read);
    }
}
