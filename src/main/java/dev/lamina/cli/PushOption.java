package dev.lamina.cli;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.model.Model;
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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a training shows its models while it goes on. */
final class PushOption {

    /** Takes no model. */
    static final Consumer<Supplier<Model>> NOBODY = model -> {};

    /** A scheme, or a host and port without one; a drive of Windows has one letter. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]+:.*");

    @Option(
            names = "--push",
            paramLabel = "URL|FILE",
            description = "after each epoch, have the server there run the model as it is then, or write it into the"
                    + " file for simulate --watch")
    Optional<String> to = Optional.empty();

    @Mixin
    TokenOption token;

    /**
     * What is done with the model of each epoch.
     *
     * @param target the file that the training will write in the end
     * @param start the file whose weights it starts from
     * @param spiking makes a spiking network of it
     * @throws InputException if the address is none, or nothing can be written there
     */
    Consumer<Supplier<Model>> models(Path target, Optional<Path> start, Function<Model, SpikingModel> spiking) {
        if (to.isEmpty()) {
            return NOBODY;
        }
        if (!ADDRESS.matcher(to.get()).matches()) {
            Path watched = OutputFile.checked(Path.of(to.get()), start, "--push");
            if (watched.toAbsolutePath()
                    .normalize()
                    .equals(target.toAbsolutePath().normalize())) {
                throw InputException.configuration(
                        "--push names the file that --out names", watched.toString(), "give one of them another name");
            }
            return model -> write(watched, () -> spiking.apply(model.get()));
        }
        ModelClient client = new ModelClient(to.get(), token.token());
        return model -> push(client, AtomicFile.temporaryName(target), () -> spiking.apply(model.get()));
    }

    private static void write(Path watched, Supplier<SpikingModel> model) {
        try {
            ModelFile.write(watched, model.get());
        } catch (InputException e) {
            notPushed(e);
        }
    }

    /** A server that does not answer, or does not want the model, is no reason to lose a training. */
    private static void push(ModelClient client, Path file, Supplier<SpikingModel> model) {
        try {
            writeTemporary(file, model.get());
            ModelClient.Pushed pushed = client.push(file, OptionalLong.empty());
            Say.line("the server runs it as version %d", pushed.version());
        } catch (InputException e) {
            notPushed(e);
        } finally {
            delete(file);
        }
    }

    private static void notPushed(InputException e) {
        Say.line("not pushed, and the training goes on: %s", String.valueOf(e.getMessage()));
    }

    private static void writeTemporary(Path file, SpikingModel model) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            ModelFile.write(out, model);
        } catch (IOException e) {
            throw InputException.file(
                    "cannot write the file", file.toString(), "free its disk (" + Reason.of(e) + ")", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Say.line("cannot remove %s: %s", file, Reason.of(e));
        }
    }
}
