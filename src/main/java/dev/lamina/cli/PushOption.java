package dev.lamina.cli;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.serve.ModelClient;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a training shows its models while it goes on. */
final class PushOption {

    @Option(
            names = "--push",
            paramLabel = "URL",
            description = "after each epoch, have the server there run the model as it is then")
    Optional<String> to = Optional.empty();

    @Mixin
    TokenOption token;

    /**
     * What is done with the model of each epoch.
     *
     * @param target the file that the training will write in the end
     * @throws InputException if the address is none
     */
    Consumer<SpikingModel> models(Path target) {
        if (to.isEmpty()) {
            return model -> {};
        }
        ModelClient client = new ModelClient(to.get(), token.token());
        return model -> push(client, AtomicFile.temporaryName(target), model);
    }

    /** A server that does not answer, or does not want the model, is no reason to lose a training. */
    private static void push(ModelClient client, Path file, SpikingModel model) {
        try {
            write(file, model);
            ModelClient.Pushed pushed = client.push(file, OptionalLong.empty());
            Say.line("the server runs it as version %d", pushed.version());
        } catch (InputException e) {
            Say.line("not pushed, and the training goes on: %s", String.valueOf(e.getMessage()));
        } finally {
            delete(file);
        }
    }

    private static void write(Path file, SpikingModel model) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            ModelFile.write(out, model);
        } catch (IOException e) {
            throw InputException.file("cannot write the file", file.toString(), "free its disk (" + e + ")", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Say.line("cannot remove %s: %s", file, String.valueOf(e.getMessage()));
        }
    }
}
