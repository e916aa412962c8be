package dev.lamina.train;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.io.Sha256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/*
 * The file, big-endian:
 *
 *     magic          a line of text with the version of this layout
 *     fingerprint    64 hexadecimal digits
 *     epochs         int
 *     best epoch     int
 *     best accuracy  double
 *     batches        int, done of the epoch under way; then the sums over them:
 *     loss           double
 *     right          int
 *     weights        floats; their number follows from the network
 *     best weights   floats, only if they are not the same: the best epoch is not the last one, or batches > 0
 *     neurons        floats, thresholds and leak of a spiking network; those of the best epoch follow
 *     spikes         longs, one a spiking layer: sums over the batches as well
 *     silent         ints, one a spiking layer: how many batches ago it spiked
 *     optimiser      PyTorch's archive, up to the digest
 *     digest         32 bytes, SHA-256 of all before
 *
 * The digest is checked before anything else is believed, above all before the archive goes to PyTorch's native reader.
 */
/**
 * A training on disk, as it was after a batch: it goes on from there as if nothing had happened.
 *
 * @param file where it is
 * @param fingerprint the digest of everything that decides the training's course
 */
@SuppressWarnings("try") // A scope or guard acts by being open.
record Checkpoint(Path file, String fingerprint) {

    private static final byte[] MAGIC = "lamina training 3\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FINGERPRINT = 64;
    private static final int DIGEST = 32;

    /**
     * Digests everything that decides the course of a training.
     *
     * @param text all settings that decide a training's course, as text
     * @param start the numbers it starts from
     * @return the digest of both
     */
    static String fingerprint(String text, List<float[]> start) {
        StringBuilder all = new StringBuilder(text);
        start.forEach(numbers -> all.append(Arrays.hashCode(numbers)).append(','));
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes {@code state}, whole or not at all.
     *
     * @throws InputException if the disk refuses
     */
    void write(TrainingState state) {
        AtomicFile.write(file, raw -> {
            MessageDigest digest = Sha256.digest();
            DataOutputStream out = new DataOutputStream(new DigestOutputStream(raw, digest));
            out.write(MAGIC);
            out.write(fingerprint.getBytes(StandardCharsets.US_ASCII));
            out.writeInt(state.epochs);
            out.writeInt(state.bestEpoch);
            out.writeDouble(state.bestAccuracy);
            out.writeInt(state.batches);
            out.writeDouble(state.loss);
            out.writeInt(state.right);
            state.weights.write(out);
            if (!bestIsLast(state)) {
                state.best.write(out);
            }
            write(state.neurons, out);
            write(state.bestNeurons, out);
            for (long spikes : state.spikes) {
                out.writeLong(spikes);
            }
            for (int silent : state.silentBatches) {
                out.writeInt(silent);
            }
            writeOptimiser(state, out);
            out.flush();
            raw.write(digest.digest());
        });
    }

    /**
     * Reads into {@code state}, which was made for the same network and recipe.
     *
     * @throws InputException if the file is absent, damaged, or of another training; the state is then useless
     */
    void read(TrainingState state) {
        if (!Files.isRegularFile(file)) {
            throw refused("no checkpoint to resume from", "start the training without resuming");
        }
        try {
            long end = Files.size(file) - DIGEST;
            checkDigest(end);
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                in.skipNBytes(MAGIC.length);
                String found = new String(in.readNBytes(FINGERPRINT), StandardCharsets.US_ASCII);
                if (!found.equals(fingerprint)) {
                    throw refused(
                            "the checkpoint is of another training (network, recipe, preprocessing or data differ)",
                            "restore what it was made with, or remove it to start anew");
                }
                state.epochs = in.readInt();
                state.bestEpoch = in.readInt();
                state.bestAccuracy = in.readDouble();
                state.batches = in.readInt();
                state.loss = in.readDouble();
                state.right = in.readInt();
                if (!possible(state)) {
                    throw refused("the checkpoint holds impossible numbers", "remove it to start anew");
                }
                state.weights.read(in);
                if (bestIsLast(state)) {
                    state.best.become(state.weights);
                } else {
                    state.best.read(in);
                }
                read(state.neurons, in);
                read(state.bestNeurons, in);
                for (int i = 0; i < state.spikes.length; i++) {
                    state.spikes[i] = in.readLong();
                }
                for (int i = 0; i < state.silentBatches.length; i++) {
                    state.silentBatches[i] = in.readInt();
                }
                readOptimiser(state, in);
            }
        } catch (IOException e) {
            throw InputException.file(
                    "cannot read the checkpoint", file.toString(), "remove it to start anew (" + Reason.of(e) + ")", e);
        }
    }

    private static void write(Tensor values, DataOutputStream out) throws IOException {
        for (long i = 0; i < values.numel(); i++) {
            out.writeFloat(values.data_ptr_float().get(i));
        }
    }

    private void read(Tensor values, DataInputStream in) throws IOException {
        for (long i = 0; i < values.numel(); i++) {
            float value = in.readFloat();
            if (!Float.isFinite(value)) {
                throw refused("the checkpoint holds impossible numbers", "remove it to start anew");
            }
            values.data_ptr_float().put(i, value);
        }
    }

    private static boolean bestIsLast(TrainingState state) {
        return state.bestEpoch == state.epochs && state.batches == 0;
    }

    private static boolean possible(TrainingState state) {
        return state.epochs >= 0
                && state.batches >= 0
                && state.epochs + (long) state.batches > 0
                && state.bestEpoch >= Math.min(1, state.epochs)
                && state.bestEpoch <= state.epochs
                && state.bestAccuracy >= 0
                && state.bestAccuracy <= 1
                && state.loss >= 0
                && state.right >= 0;
    }

    private void checkDigest(long end) throws IOException {
        if (end < MAGIC.length + FINGERPRINT) {
            throw refused("not a checkpoint, or cut short", "remove it to start anew");
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw refused("not a checkpoint of this version", "remove it to start anew");
            }
            digest.update(magic);
            byte[] buffer = new byte[1 << 16];
            for (long left = end - MAGIC.length; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    break;
                }
                digest.update(buffer, 0, count);
                left -= count;
            }
            if (!MessageDigest.isEqual(digest.digest(), in.readAllBytes())) {
                throw refused("the checkpoint is damaged (its digest does not match)", "remove it to start anew");
            }
        }
    }

    /**
     * Writes the optimiser's archive.
     *
     * @throws IOException what the stream threw, once the library is done
     */
    static void writeOptimiser(TrainingState state, OutputStream out) throws IOException {
        try (PointerScope scope = new PointerScope();
                OutputArchive archive = new OutputArchive();
                Sink sink = new Sink(out)) {
            state.optimiser.save(archive);
            archive.save_to(sink);
            if (sink.failure != null) {
                throw sink.failure;
            }
        }
    }

    /** Hands on what the library writes. It must not see a failure: it would end the whole process, not only the call. */
    private static final class Sink extends ArchiveWriter {

        private final OutputStream out;
        private @Nullable IOException failure;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public long call(Pointer bytes, long count) {
            if (failure == null) {
                byte[] copy = new byte[(int) count];
                new BytePointer(bytes).get(copy);
                try {
                    out.write(copy);
                } catch (IOException e) {
                    failure = e;
                }
            }
            return count;
        }
    }

    private void readOptimiser(TrainingState state, InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        int length = bytes.length - DIGEST;
        if (length < 0) {
            throw refused("the checkpoint is damaged (it ends too early)", "remove it to start anew");
        }
        try (PointerScope scope = new PointerScope();
                InputArchive archive = new InputArchive();
                BytePointer memory = new BytePointer(bytes)) {
            archive.load_from(memory, length);
            state.optimiser.load(archive);
        } catch (RuntimeException e) {
            throw InputException.file(
                    "the checkpoint's optimiser state is not usable", file.toString(), "remove it to start anew", e);
        }
    }

    private InputException refused(String what, String mend) {
        return InputException.file(what, file.toString(), mend);
    }
}
