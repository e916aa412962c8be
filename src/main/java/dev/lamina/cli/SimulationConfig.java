package dev.lamina.cli;

import dev.lamina.chip.ChipSettings;
import dev.lamina.data.Datasets;
import dev.lamina.data.Encoder;
import dev.lamina.data.Split;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.energy.HardwareProfiles;
import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import dev.lamina.sim.Arithmetic;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A file of {@code sim-configs/}: what to simulate, and how.
 *
 * @param model the model file; a relative path starts from the configuration's folder
 * @param dataset the data set
 * @param split which part of it
 * @param limit how many samples, from the first; all if absent
 * @param timesteps T; the model's own if absent
 * @param seed the seed of the encoder's random numbers
 * @param encoder the encoder; the model's own if absent
 * @param arithmetic the numbers that layers compute with
 * @param profiles the hardware profiles for the energy
 * @param chip burst, credit, pipelines, threads
 */
record SimulationConfig(
        Path model,
        String dataset,
        Split split,
        OptionalInt limit,
        OptionalInt timesteps,
        long seed,
        Optional<Encoder> encoder,
        Arithmetic arithmetic,
        List<HardwareProfile> profiles,
        ChipSettings chip) {

    /** More time steps than this would not be a spiking network's purpose. */
    static final int MAX_TIMESTEPS = 1_000_000;

    /** Each is read and parsed anew, however often it is named. */
    private static final int MAX_PROFILES = 64;

    /** The hardware profiles of who names none. */
    static final List<String> PROFILES = List.of("cmos45-fp32", "loihi");

    /** Reads a file strictly. */
    static SimulationConfig read(Path file) {
        Settings root = Settings.read(file);
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        List<String> names = root.texts("profiles", PROFILES.toArray(String[]::new));
        if (names.size() > MAX_PROFILES) {
            throw root.wrong(
                    "profiles", "more than " + MAX_PROFILES + " hardware profiles", "leave out those named twice");
        }
        List<HardwareProfile> profiles =
                names.stream().map(name -> HardwareProfiles.named(name, folder)).toList();
        Set<String> different = new HashSet<>();
        for (HardwareProfile profile : profiles) {
            if (!different.add(profile.name())) {
                throw root.wrong(
                        "profiles",
                        "two hardware profiles have the name '" + profile.name() + "'",
                        "name it once, or give your own another 'name'");
            }
        }
        SimulationConfig config = new SimulationConfig(
                path(root, folder),
                Datasets.name(root),
                root.choice("split", Split.class, Split.TEST),
                optional(root, "limit", Integer.MAX_VALUE),
                optional(root, "timesteps", MAX_TIMESTEPS),
                root.wholeNumber("seed", 1),
                root.has("encoder") ? Optional.of(root.choice("encoder", Encoder.class)) : Optional.empty(),
                root.choice("arithmetic", Arithmetic.class, Arithmetic.FLOAT32),
                profiles,
                root.optionalSection("chip").map(ChipSettings::parse).orElse(ChipSettings.DEFAULT));
        root.done();
        return config;
    }

    private static Path path(Settings root, Path folder) {
        try {
            return folder.resolve(root.text("model")).normalize();
        } catch (InvalidPathException e) {
            throw InputException.configuration(
                    "key 'model' is not a path", root.where("model"), "give the path of a model file", e);
        }
    }

    private static OptionalInt optional(Settings root, String key, int max) {
        return root.has(key) ? OptionalInt.of(root.integer(key, 1, max)) : OptionalInt.empty();
    }
}
