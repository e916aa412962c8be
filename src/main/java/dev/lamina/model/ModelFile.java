package dev.lamina.model;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.io.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * A model on disk: one safetensors file with the tensors in PyTorch's layouts and everything else in its string
 * metadata, so that the file alone is enough and {@code safetensors.torch.load_file} opens it.
 *
 * <p>The same model is always written as the same bytes. Numbers come back exactly, but for vanishing weights, which are zero ({@link Weights}). A file that is damaged, or made for
 * another network than it says, is refused with one line; no content whatever leads to another exception, and memory
 * is taken only for what the file really holds.
 */
public final class ModelFile {

    private ModelFile() {}

    /**
     * Says that there is a file, whatever it holds.
     *
     * @throws InputException if there is none, or it is a folder or a device
     */
    public static void check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw InputException.file(
                    Files.exists(file) ? "the model is not a file" : "no such model file",
                    file.toString(),
                    "give the path of a .safetensors file");
        }
    }

    /**
     * Reads a model of either kind.
     *
     * @throws InputException if the file is absent, unreadable, damaged, or no model
     */
    public static Model read(Path file) {
        check(file);
        try (FileChannel channel = FileChannel.open(file)) {
            return read(Channels.newInputStream(channel), channel.size(), file.toString());
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * A model and what it was read from.
     *
     * @param sha256 the digest of the file, in hexadecimal
     */
    public record Digested(Model model, String sha256) {}

    /**
     * Reads a model of either kind, with the digest of the very bytes that it was read from: the file may be replaced meanwhile.
     *
     * @throws InputException if the file is absent, unreadable, damaged, or no model
     */
    public static Digested readDigested(Path file) {
        check(file);
        MessageDigest digest = Sha256.digest();
        try (FileChannel channel = FileChannel.open(file)) {
            InputStream in = new DigestInputStream(Channels.newInputStream(channel), digest);
            Model model = read(in, channel.size(), file.toString());
            return new Digested(model, Sha256.hex(digest));
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Reads the ordinary network in a file; of a spiking model, the network and its weights.
     *
     * @throws InputException if the file is absent, unreadable, damaged, or no model
     */
    public static AnnModel readAnn(Path file) {
        return AnnModel.of(read(file));
    }

    /**
     * Reads a spiking model.
     *
     * @throws InputException if the file is absent, unreadable, damaged, or not a spiking model
     */
    public static SpikingModel readSpiking(Path file) {
        return spiking(read(file), file.toString());
    }

    /**
     * The spiking model that {@code model} is.
     *
     * @param source where it was read
     * @throws InputException if it is an ordinary network
     */
    public static SpikingModel spiking(Model model, String source) {
        if (model instanceof SpikingModel spiking) {
            return spiking;
        }
        throw InputException.file(
                "this model is an ordinary network and has no thresholds",
                source,
                "run ./lamina convert " + source + " first");
    }

    /**
     * Reads a model from memory.
     *
     * @param source what complaints call the bytes
     * @throws InputException if they are not a model
     */
    public static Model parse(byte[] bytes, String source) {
        return read(new ByteArrayInputStream(bytes), bytes.length, source);
    }

    /**
     * Reads a model from a stream, which it does not close.
     *
     * @param size the number of bytes in the stream; memory is taken up to about twice this, so it must be one that
     *     the caller is ready to read
     * @param source what complaints call the stream
     * @throws InputException if the stream fails or does not hold a model
     */
    public static Model read(InputStream in, long size, String source) {
        try {
            return readModel(in, size);
        } catch (DamageException e) {
            throw InputException.file(String.valueOf(e.getMessage()), source, e.mend(), e);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /**
     * Writes a model whole or not at all, in place of what is there.
     *
     * @throws InputException if the disk refuses; what was there is then unchanged
     */
    public static void write(Path file, Model model) {
        AtomicFile.write(file, out -> write(out, model));
    }

    /** Writes a model to a stream, which it does not close. */
    public static void write(OutputStream out, Model model) throws IOException {
        Safetensors.write(out, ModelTensors.of(model), ModelMetadata.of(model));
    }

    /**
     * The SHA-256 of a file, in hexadecimal.
     *
     * @throws InputException if it can not be read
     */
    public static String sha256(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /** The SHA-256, in hexadecimal, of the file that {@code model} is written as. */
    public static String sha256(Model model) {
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            write(out, model);
        } catch (IOException e) {
            throw new UncheckedIOException("the null stream does not fail", e);
        }
        return Sha256.hex(digest);
    }

    private static Model readModel(InputStream in, long size) throws IOException, DamageException {
        SafetensorsHeader header = Safetensors.readHeader(in, size);
        ModelMetadata metadata = ModelMetadata.parse(header.metadata());
        ModelTensors tensors = ModelTensors.read(
                in, header, metadata.network(), metadata.spiking().isPresent());
        try {
            Weights weights = Weights.of(metadata.network(), tensors.weights());
            if (metadata.spiking().isEmpty()) {
                return new AnnModel(metadata.network(), weights, metadata.preprocessing(), metadata.provenance());
            }
            ModelMetadata.Spiking spiking = metadata.spiking().get();
            return new SpikingModel(
                    metadata.network(),
                    weights,
                    spiking.neuron(),
                    tensors.populations(),
                    spiking.encoder(),
                    metadata.preprocessing(),
                    spiking.timesteps(),
                    metadata.provenance());
        } catch (IllegalArgumentException e) {
            throw new DamageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static InputException unreadable(String source, IOException e) {
        return InputException.file(
                "cannot read the model", source, "it must be a readable file (" + Reason.of(e) + ")", e);
    }
}
