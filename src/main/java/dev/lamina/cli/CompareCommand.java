package dev.lamina.cli;

import dev.lamina.io.AtomicFile;
import dev.lamina.report.html.RunComparison;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts runs side by side. */
@Command(
        name = "compare",
        description = "Puts runs side by side: accuracy, spikes, synaptic operations, energy and speed.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina compare out/float32 out/fixed16 --out compare.html")
final class CompareCommand implements Callable<Integer> {

    @Parameters(
            arity = "2..*",
            paramLabel = "RUN.json",
            description =
                    "the run.json of simulate --report, or its folder; the first is what others are compared with")
    List<Path> runs;

    @Mixin
    CommonOptions common;

    @Option(names = "--json", description = "print one JSON document")
    boolean json;

    @Option(names = "--out", paramLabel = "FILE.html", description = "write a page with charts, too")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        out.ifPresent(file -> runs.forEach(run -> OutputFile.checked(file, RunComparison.file(run))));
        RunComparison comparison = RunComparison.read(runs);
        out.ifPresent(file ->
                AtomicFile.write(file, stream -> stream.write(comparison.html().getBytes(StandardCharsets.UTF_8))));
        System.out.print(json ? comparison.json() + "\n" : comparison.text());
        return 0;
    }
}
