package dev.lamina.energy;

import dev.lamina.io.Settings;
import dev.lamina.mapping.Mesh;
import java.util.List;
import java.util.Optional;

/**
 * What each operation costs on a piece of hardware, and who says so. {@code docs/energy.md} has the formulas.
 *
 * @param name what reports call it
 * @param description the hardware, in one line
 * @param source the publication that the numbers are from
 * @param leavesOut what the numbers do not count
 * @param synapse synaptic operations
 * @param neuron neuron updates
 * @param addressing the computing of addresses, where it is charged by itself
 * @param memory memory accesses, where they are charged by themselves
 * @param traffic packets, where they are charged
 * @param staticPower the power of doing nothing, where it is charged
 * @param ann the ordinary network in the same technology; absent where there is no figure for it
 * @param mesh the cores that a network is placed on; absent where the hardware has none to speak of
 */
public record HardwareProfile(
        String name,
        String description,
        String source,
        String leavesOut,
        SynapseCosts synapse,
        NeuronCosts neuron,
        Optional<AddressingCosts> addressing,
        Optional<MemoryCosts> memory,
        Optional<TrafficCosts> traffic,
        Optional<StaticPower> staticPower,
        Optional<AnnCosts> ann,
        Optional<Mesh> mesh) {

    /**
     * Reads a profile.
     *
     * @throws dev.lamina.io.InputException if a key is missing, unknown, mistyped or out of range
     */
    public static HardwareProfile parse(Settings settings) {
        HardwareProfile profile = new HardwareProfile(
                settings.text("name"),
                settings.text("description"),
                settings.text("source"),
                settings.text("leaves-out"),
                SynapseCosts.parse(settings.section("synapse")),
                NeuronCosts.parse(settings.section("neuron")),
                settings.optionalSection("addressing").map(AddressingCosts::parse),
                settings.optionalSection("memory").map(MemoryCosts::parse),
                settings.optionalSection("traffic").map(TrafficCosts::parse),
                settings.optionalSection("static").map(StaticPower::parse),
                settings.optionalSection("ann").map(AnnCosts::parse),
                settings.optionalSection("mesh").map(Mesh::parse));
        settings.done();
        return profile;
    }

    /** The energy of one layer, without the hardware's static power. */
    public Energy energy(Workload layer) {
        return new Energy(
                synapse.joules(layer)
                        + addressing.map(costs -> costs.joules(layer)).orElse(0.0),
                neuron.joules(layer),
                memory.map(costs -> costs.joules(layer)).orElse(0.0),
                traffic.map(costs -> costs.joules(layer)).orElse(0.0),
                0);
    }

    /** The energy of a network: that of its layers, and the static power for its time steps once. */
    public Energy energy(List<Workload> layers) {
        double timesteps =
                layers.stream().mapToDouble(Workload::timesteps).max().orElse(0);
        double idle = staticPower.map(power -> power.joules(timesteps)).orElse(0.0);
        return layers.stream().map(this::energy).reduce(new Energy(0, 0, 0, 0, idle), Energy::plus);
    }

    /** The energy of the ordinary network's layer for one sample, where there is a figure for it. */
    public Optional<Energy> annEnergy(Workload layer) {
        Workload.Size size = layer.size();
        return ann.map(costs -> new Energy(
                costs.synapseJoules(size),
                costs.neuronJoules(size),
                memory.map(accesses -> accesses.annJoules(size)).orElse(0.0),
                0,
                0));
    }

    /** The energy of the ordinary network for one sample, where there is a figure for it. */
    public Optional<Energy> annEnergy(List<Workload> layers) {
        return ann.isPresent()
                ? Optional.of(layers.stream()
                        .flatMap(layer -> annEnergy(layer).stream())
                        .reduce(Energy.ZERO, Energy::plus))
                : Optional.empty();
    }
}
