package dev.lamina.serve;

import dev.lamina.data.Encoder;
import dev.lamina.io.InputException;
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

    /**
     * Reads a file of the server's and lays it out.
     *
     * @throws InputException if it is no spiking model, or the arithmetic does not know its input
     */
    public NetworkSynapses load(Path file) {
        return lay(ModelFile.readSpiking(file), file.toString());
    }

    /**
     * Reads what a client sent and lays it out.
     *
     * @throws Refusal if it is no spiking model, or the arithmetic does not know its input
     */
    NetworkSynapses loadReceived(Path file) {
        String source = "the body";
        Model model;
        try (InputStream in = Files.newInputStream(file)) {
            model = ModelFile.read(in, Files.size(file), source);
        } catch (InputException e) {
            throw new Refusal(400, e);
        } catch (IOException e) {
            throw InputException.file(
                    "cannot read what was received", file.toString(), "see to its disk (" + e + ")", e);
        }
        try {
            return lay(ModelFile.spiking(model, source), source);
        } catch (InputException e) {
            throw new Refusal(422, e);
        }
    }

    private NetworkSynapses lay(SpikingModel model, String source) {
        try {
            return NetworkSynapses.of(encoder.map(model::withEncoder).orElse(model), kernel, arithmetic);
        } catch (IllegalArgumentException e) {
            throw InputException.configuration(
                    "the model does not fit the arithmetic", source, String.valueOf(e.getMessage()), e);
        }
    }
}
