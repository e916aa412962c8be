package dev.lamina.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Jazzer has said.
 *
 * @param tried how many inputs were tried, as it was said last
 * @param reached what they have reached, as it was said last
 * @param faults the lines that say that something was found
 */
record FuzzLog(String tried, String reached, String faults) {

    static FuzzLog read(Path log) throws IOException {
        return new FuzzLog(
                last(log, FuzzDriver.EXECUTIONS + "\\d+"),
                last(log, "#\\d+\\s+\\w+\\s+cov: .*").replaceFirst(" lim: .*", ""),
                matching(log, "== Java Exception.*|==\\d+== ERROR: libFuzzer.*").collect(Collectors.joining("\n    ")));
    }

    boolean found() {
        return !faults.isEmpty();
    }

    String summary() {
        return "    " + tried + "\n    " + reached + "\n" + (found() ? "    " + faults + "\n" : "");
    }

    private static String last(Path log, String pattern) throws IOException {
        return matching(log, pattern).reduce("", (before, line) -> line);
    }

    private static Stream<String> matching(Path log, String pattern) throws IOException {
        return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream().filter(line -> line.matches(pattern));
    }
}
