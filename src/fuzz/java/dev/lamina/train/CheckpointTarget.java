package dev.lamina.train;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import dev.lamina.io.Sha256;
import dev.lamina.network.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;

/*
 * What a checkpoint's digest does not cover never gets beyond it, so the first byte of an input says whether the digest is put
 * right. The optimiser's archive is left out of the input then, and a good one put in its place: its reader is PyTorch's.
 */
/** Checkpoints of a training of a very small network. */
@SuppressWarnings("try") // A scope acts by being open.
public final class CheckpointTarget implements FuzzTarget {

    private static final int MEND = 1;
    private static final int DIGEST = 32;
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);
    private static final Descent DESCENT = new Descent.Sgd(0.1, 0, 0);

    private static final Network NETWORK = TinyNetworks.network("""
            name = two, input { channels = 2, height = 1, width = 1 }
            layers = [ { type = linear, name = out, outputs = 2 } ]
            """);

    private final Scratch scratch;
    private final byte[] whole;
    /** Where the optimiser's archive begins. */
    private final int archive;

    /** Makes a checkpoint. */
    public CheckpointTarget() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            scratch = new Scratch();
            TrainingState state = state();
            state.completed(0.5);
            Checkpoint checkpoint = new Checkpoint(scratch.folder().resolve("made"), FINGERPRINT);
            checkpoint.write(state);
            whole = Files.readAllBytes(checkpoint.file());
            Files.delete(checkpoint.file());
            ByteArrayOutputStream optimiser = new ByteArrayOutputStream();
            Checkpoint.writeOptimiser(state, optimiser);
            archive = whole.length - DIGEST - optimiser.size();
        }
    }

    private static TrainingState state() {
        return new TrainingState(WeightTensors.initial(NETWORK, 1), new float[] {0.5f}, 0.1, 1, DESCENT);
    }

    @Override
    public List<byte[]> seeds() {
        byte[] asIs = new byte[1 + whole.length];
        System.arraycopy(whole, 0, asIs, 1, whole.length);
        byte[] mended = Arrays.copyOf(asIs, 1 + archive);
        mended[0] = MEND;
        return List.of(asIs, mended);
    }

    @Override
    public void parse(byte[] input) throws IOException {
        byte[] given = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        byte[] content = input.length > 0 && (input[0] & MEND) != 0 ? mended(given) : given;
        Path file = scratch.file("training.checkpoint", content);
        try (PointerScope scope = new PointerScope()) {
            new Checkpoint(file, FINGERPRINT).read(state());
        }
    }

    /** The numbers in the input, filled up or cut to their place, before a good archive and under a right digest. */
    private byte[] mended(byte[] numbers) {
        byte[] file = whole.clone();
        System.arraycopy(numbers, 0, file, 0, Math.min(numbers.length, archive));
        MessageDigest digest = Sha256.digest();
        digest.update(file, 0, file.length - DIGEST);
        System.arraycopy(digest.digest(), 0, file, file.length - DIGEST, DIGEST);
        return file;
    }
}
