package dev.lamina.cli;

import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import dev.lamina.serve.ModelClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a running server run another model. */
@Command(
        name = "push",
        description = "Has a running server ('lamina serve') run another model of the same network, without a pause.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina push runs/lenet5/snn.safetensors --to http://127.0.0.1:8080")
final class PushCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL.safetensors", description = "the spiking model")
    Path file;

    @Mixin
    CommonOptions common;

    @Mixin
    TokenOption token;

    @Option(names = "--to", paramLabel = "URL", required = true, description = "where the server is")
    String to;

    @Option(
            names = "--version-number",
            paramLabel = "N",
            description = "the model's version, newer than the one that runs (default: the next)")
    Optional<Long> number = Optional.empty();

    @Override
    public Integer call() {
        number.filter(n -> n < 1).ifPresent(n -> {
            throw InputException.configuration(
                    "--version-number is " + n, "command line", "give it a whole number from 1 on");
        });
        // The server would say the same of what it was sent, but it does not know the file's name.
        ModelFile.readSpiking(file);
        ModelClient.Pushed pushed = new ModelClient(to, token.token())
                .push(file, number.map(OptionalLong::of).orElse(OptionalLong.empty()));
        Say.result(
                "version %d, sha256 %s%s",
                pushed.version(), pushed.sha256(), pushed.changed() ? "" : " (it was running already)");
        return 0;
    }
}
