package dev.lamina.chip;

import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import dev.lamina.sim.NetworkSynapses;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A model as a chip runs it: it may take another's place while samples stream. Immutable.
 *
 * @param number greater than that of any version before
 * @param sha256 the digest of the model's file, in hexadecimal; empty if it has none
 * @param network the model, laid out
 */
public record ModelVersion(long number, String sha256, NetworkSynapses network) {

    /** The first version, of a model whose file nobody asks for. */
    public static ModelVersion first(NetworkSynapses network) {
        return new ModelVersion(1, "", network);
    }

    /** Why {@code other} can not take this one's place; empty if it can. */
    Optional<String> objection(ModelVersion other) {
        if (other.number <= number) {
            return Optional.of("version " + other.number + " is not newer than version " + number + ", which runs");
        }
        return objection(other.network.model());
    }

    /** Why a model can not take this one's place, whatever its number; empty if it can. */
    Optional<String> objection(SpikingModel theirs) {
        SpikingModel mine = network.model();
        Optional<String> layers =
                layers(mine.network().projections(), theirs.network().projections());
        if (layers.isPresent()) {
            return layers;
        }
        if (!mine.network().input().equals(theirs.network().input())) {
            return Optional.of("it takes an input of " + theirs.network().input() + ", the running model one of "
                    + mine.network().input());
        }
        if (!mine.preprocessing().equals(theirs.preprocessing()) || mine.encoder() != theirs.encoder()) {
            return Optional.of("its preprocessing or encoder is not that of the running model");
        }
        return Optional.empty();
    }

    private static Optional<String> layers(ImmutableList<Projection> mine, ImmutableList<Projection> theirs) {
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            Projection running = mine.get(i);
            Projection other = theirs.get(i);
            if (!running.equals(other)) {
                return Optional.of("its layer '" + other.name() + "' leads from " + other.source() + " to "
                        + other.target() + (same(running, other) ? " by another kernel or pool than" : ", not as")
                        + " layer '" + running.name() + "' of the running model from " + running.source() + " to "
                        + running.target());
            }
        }
        return mine.size() == theirs.size()
                ? Optional.empty()
                : Optional.of("it has " + theirs.size() + " weight layers, the running model " + mine.size());
    }

    private static boolean same(Projection running, Projection other) {
        return Objects.equals(running.source(), other.source()) && Objects.equals(running.target(), other.target());
    }

    @Override
    public String toString() {
        return "version " + number + (sha256.isEmpty() ? "" : " (" + sha256 + ")");
    }
}
