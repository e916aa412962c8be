package dev.lamina.energy;

import dev.lamina.io.Settings;
import java.util.OptionalDouble;

/**
 * What each operation costs on a piece of hardware, in picojoules, and who says so.
 *
 * @param name what reports call it
 * @param description the hardware, in one line
 * @param source the publication that the numbers are from
 * @param synopPicojoules a synaptic operation: one weight added to one membrane because of one spike
 * @param neuronUpdatePicojoules one neuron for one time step
 * @param macPicojoules a multiply-accumulate of the ordinary network in the same technology; absent for hardware that
 *     can not run one
 * @param analogSynopPicojoules a synaptic operation whose payload is an analog value, hence a multiply-accumulate
 * @param leavesOut what the numbers do not count
 */
public record HardwareProfile(
        String name,
        String description,
        String source,
        double synopPicojoules,
        double neuronUpdatePicojoules,
        OptionalDouble macPicojoules,
        double analogSynopPicojoules,
        String leavesOut) {

    private static final double JOULES = 1e-12;

    /** More than a millijoule an operation is a mistyped unit. */
    private static final double MAX_PICOJOULES = 1e9;

    /**
     * Reads a profile. Where {@code analog-synop-picojoules} is absent, an analog operation costs what a
     * multiply-accumulate does, and where that is absent too, what any synaptic operation does.
     *
     * @throws dev.lamina.io.InputException if a key is missing, unknown, mistyped or out of range
     */
    public static HardwareProfile parse(Settings settings) {
        double synop = picojoules(settings, "synop-picojoules");
        OptionalDouble mac = settings.has("mac-picojoules")
                ? OptionalDouble.of(picojoules(settings, "mac-picojoules"))
                : OptionalDouble.empty();
        HardwareProfile profile = new HardwareProfile(
                settings.text("name"),
                settings.text("description"),
                settings.text("source"),
                synop,
                picojoules(settings, "neuron-update-picojoules"),
                mac,
                settings.has("analog-synop-picojoules")
                        ? picojoules(settings, "analog-synop-picojoules")
                        : mac.orElse(synop),
                settings.text("leaves-out"));
        settings.done();
        return profile;
    }

    /** The energy of {@code synops} operations by spikes and {@code neuronUpdates} updates. */
    public Energy energy(long synops, long neuronUpdates) {
        return energy(synops, 0, neuronUpdates);
    }

    /** The energy of operations by spikes, operations by analog values (of an input current), and updates. */
    public Energy energy(long synops, long analogSynops, long neuronUpdates) {
        return new Energy(
                (synops * synopPicojoules + analogSynops * analogSynopPicojoules) * JOULES,
                neuronUpdates * neuronUpdatePicojoules * JOULES);
    }

    /** The energy of the ordinary network's {@code macs}, in joules, where the hardware can run it. */
    public OptionalDouble annJoules(long macs) {
        return macPicojoules.isPresent()
                ? OptionalDouble.of(macs * macPicojoules.getAsDouble() * JOULES)
                : OptionalDouble.empty();
    }

    private static double picojoules(Settings settings, String key) {
        return settings.real(key, 0, MAX_PICOJOULES);
    }
}
