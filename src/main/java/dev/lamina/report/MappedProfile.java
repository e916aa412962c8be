package dev.lamina.report;

import dev.lamina.energy.HardwareProfile;
import dev.lamina.io.InputException;
import dev.lamina.mapping.Mesh;
import dev.lamina.mapping.MeshLoad;
import dev.lamina.mapping.Placement;
import dev.lamina.mapping.Traffic;
import dev.lamina.network.Network;
import java.util.Optional;

/**
 * A network on a profile's cores, or why it does not fit them.
 *
 * @param profile the profile
 * @param traffic what moves on its mesh; absent if the network does not fit
 * @param complaint what does not fit; empty if all does
 */
record MappedProfile(HardwareProfile profile, Optional<Traffic> traffic, String complaint) {

    static MappedProfile of(Network network, HardwareProfile profile, Mesh mesh) {
        try {
            return new MappedProfile(profile, Optional.of(new Traffic(Placement.of(network, mesh))), "");
        } catch (InputException e) {
            return new MappedProfile(profile, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    Optional<MeshLoad> load() {
        return traffic.map(Traffic::load);
    }
}
