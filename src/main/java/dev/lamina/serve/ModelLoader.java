package dev.lamina.serve;

import dev.lamina.data.Encoder;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.model.Model;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.Kernel;
import dev.lamina.sim.NetworkSynapses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server lays out its models, all the same.
 *
 * @param encoder the encoder; the model's own if absent
 * @param arithmetic the numbers that layers compute with
 * @param kernel the kernel
 */
public record ModelLoader(Optional<Encoder> encoder, Arithmetic arithmetic, Kernel kernel) {

    /** What complaints call what a client sent. */
    private static final String RECEIVED = "the body";

    /**
     * Reads a file of the server's and lays it out.
     *
     * @throws InputException if it is no spiking model, or the arithmetic does not know its input
     */
    public NetworkSynapses load(Path file) {
        return lay(read(file), file.toString());
    }

    /**
     * Reads a file of the server's.
     *
     * @throws InputException if it is no spiking model
     */
    public SpikingModel read(Path file) {
        return encoded(ModelFile.readSpiking(file));
    }

    /**
     * Lays out a model that was read, which may take far more memory than its file: first see whether it fits.
     *
     * @param source where it was read
     * @throws InputException if the arithmetic does not know its input
     */
    public NetworkSynapses lay(SpikingModel model, String source) {
        try {
            return NetworkSynapses.of(model, kernel, arithmetic);
        } catch (IllegalArgumentException e) {
            throw InputException.configuration(
                    "the model does not fit the arithmetic", source, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads what a client sent.
     *
     * @throws Refusal if it is no spiking model
     */
    SpikingModel readReceived(Path file) {
        Model model;
        try (InputStream in = Files.newInputStream(file)) {
            model = ModelFile.read(in, Files.size(file), RECEIVED);
        } catch (InputException e) {
            throw new Refusal(400, e);
        } catch (IOException e) {
            throw InputException.file(
                    "cannot read what was received", file.toString(), "see to its disk (" + Reason.of(e) + ")", e);
        }
        if (!(model instanceof SpikingModel spiking)) {
            throw new Refusal(
                    422,
                    "this model is an ordinary network and has no thresholds",
                    RECEIVED,
                    "make a spiking network of it first, with ./lamina convert");
        }
        return encoded(spiking);
    }

    /**
     * Lays out what a client sent.
     *
     * @throws Refusal if the arithmetic does not know its input, or memory has no room for it
     */
    NetworkSynapses layReceived(SpikingModel model) {
        try {
            return lay(model, RECEIVED);
        } catch (InputException e) {
            throw new Refusal(422, e);
        } catch (OutOfMemoryError e) {
            throw new Refusal(
                    413, "memory has no room for another model", RECEIVED, "start the server with more (java -Xmx)");
        }
    }

    private SpikingModel encoded(SpikingModel model) {
        return encoder.map(model::withEncoder).orElse(model);
    }
}
