package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, tried in bash where there is one. */
final class CompletionTest {

    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path folder;

    @Test
    void scriptIsGoodBash() throws IOException, InterruptedException {
        assertEquals("", bash("bash -n " + script()));
    }

    @Test
    void completesCommandsAndChoices() throws IOException, InterruptedException {
        String commands = complete("''", 1);
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            assertTrue(List.of(commands.split("\\s+")).contains(command), command + " in " + commands);
        }
        assertEquals("simulate", complete("simu", 1).strip());
        assertEquals(
                "poisson unsigned-poisson direct",
                complete("convert --encoder ''", 3).strip());
    }

    private String complete(String words, int current) throws IOException, InterruptedException {
        return bash("source " + script() + "; compopt() { :; }; COMP_WORDS=(lamina " + words + "); COMP_CWORD="
                + current + "; _complete_lamina; echo \"${COMPREPLY[@]}\"");
    }

    private Path script() throws IOException {
        return Files.writeString(
                folder.resolve("completion"),
                CommandRun.of("completion").assertDone().out());
    }

    private static String bash(String command) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH), "no bash here");
        Process process = new ProcessBuilder(BASH.toString(), "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
