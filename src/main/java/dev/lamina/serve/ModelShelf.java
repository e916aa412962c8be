package dev.lamina.serve;

import dev.lamina.chip.Chip;
import dev.lamina.chip.ModelVersion;
import dev.lamina.io.Sha256;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.NetworkSynapses;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpStatus;

/*
 * A version is on the disk before the chip has it, and not before it is known that the chip will take it: whenever the server
 * is killed, a restart goes on with the version that a client was told of, or with the one that was just being put in place.
 */
/**
 * The model that runs, the one before, and how another takes its place. One thread at a time may change it, the one
 * that holds the place for that ({@link InFlight}); which model runs may be asked by any.
 */
final class ModelShelf {

    /**
     * What came of a change.
     *
     * @param model the version that runs now
     * @param changed whether it is another than before
     */
    record Change(StoredModel model, boolean changed) {}

    private final Chip chip;
    private final ModelFolder folder;
    private final ModelLoader loader;
    private volatile StoredModel current;
    private Optional<StoredModel> previous;

    /** @param models what is in the folder, the version that the chip runs first */
    ModelShelf(Chip chip, ModelFolder folder, ModelLoader loader, List<StoredModel> models) {
        this.chip = chip;
        this.folder = folder;
        this.loader = loader;
        current = models.get(0);
        previous = models.stream().skip(1).findFirst();
        folder.keepOnly(kept());
    }

    StoredModel current() {
        return current;
    }

    /**
     * Runs the model that a client sends; if it is the one that runs, nothing happens.
     *
     * @param wanted its version; the next if absent
     * @throws Refusal if it is no model, does not fit, or is not newer
     */
    Change put(InputStream body, OptionalLong wanted) {
        MessageDigest digest = Sha256.digest();
        Path incoming = folder.receive(out -> {
            OutputStream digesting = new DigestOutputStream(out, digest);
            body.transferTo(digesting);
        });
        try {
            String sha256 = Sha256.hex(digest);
            if (sha256.equals(current.sha256())) {
                return new Change(current, false);
            }
            long number = newer(wanted);
            SpikingModel model = loader.readReceived(incoming);
            chip.objection(model).ifPresent(objection -> {
                throw misfit(objection);
            });
            NetworkSynapses network = loader.layReceived(model);
            return swap(folder.keep(incoming, sha256, number), network);
        } finally {
            folder.keepOnly(kept());
        }
    }

    /**
     * Runs the version before again, as a new one.
     *
     * @throws Refusal if there is none, or the version is not newer
     */
    Change rollback(OptionalLong wanted) {
        StoredModel before = previous.orElseThrow(() -> new Refusal(
                HttpStatus.CONFLICT_409,
                "there is no version before this one",
                "version " + current.number(),
                "push a model first"));
        long number = newer(wanted);
        NetworkSynapses network = loader.load(before.file());
        try {
            return swap(folder.copy(before.file(), number), network);
        } finally {
            folder.keepOnly(kept());
        }
    }

    private Change swap(StoredModel next, NetworkSynapses network) {
        chip.swap(new ModelVersion(next.number(), next.sha256(), network));
        previous = Optional.of(current);
        current = next;
        return new Change(next, true);
    }

    private static Refusal misfit(String objection) {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_ENTITY_422,
                "the model does not fit",
                objection,
                "send a model of the network that runs, or start another server");
    }

    private List<StoredModel> kept() {
        return previous.map(model -> List.of(current, model)).orElse(List.of(current));
    }

    private long newer(OptionalLong wanted) {
        long running = current.number();
        long number = wanted.orElse(running + 1);
        if (number <= running) {
            throw new Refusal(
                    HttpStatus.CONFLICT_409,
                    "version " + number + " is not newer than version " + running + ", which runs",
                    "header " + ModelEndpoints.VERSION,
                    "give a higher number, or none");
        }
        return number;
    }
}
