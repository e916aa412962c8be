package dev.lamina.energy;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The hardware profiles by name: the built-in ones, and those in files of the user's own. */
public final class HardwareProfiles {

    /** The names of the built-in profiles, sorted. */
    public static final List<String> NAMES = List.of(
            "cmos45-fp32",
            "cmos45-int32",
            "cmos45-int8",
            "lemaire2022",
            "loihi",
            "spinnaker",
            "spinnaker2",
            "truenorth");

    private static final String EXTENSION = ".conf";

    private HardwareProfiles() {}

    /**
     * The built-in profile of that name, or the one in the file of that path.
     *
     * @param nameOrPath one of {@link #NAMES}, or the path of a {@code .conf} file
     * @param relativeTo the folder that a relative path starts from
     * @throws InputException if there is neither, or the file is not a profile
     */
    public static HardwareProfile named(String nameOrPath, Path relativeTo) {
        if (NAMES.contains(nameOrPath)) {
            return HardwareProfile.parse(builtIn(nameOrPath));
        }
        if (!nameOrPath.endsWith(EXTENSION)) {
            throw unknown(nameOrPath);
        }
        try {
            return HardwareProfile.parse(Settings.read(relativeTo.resolve(nameOrPath)));
        } catch (InvalidPathException e) {
            throw unknown(nameOrPath);
        }
    }

    private static InputException unknown(String name) {
        return InputException.configuration(
                "unknown hardware profile",
                name,
                "give one of " + String.join(", ", NAMES) + ", or the path of a " + EXTENSION + " file");
    }

    private static Settings builtIn(String name) {
        try (InputStream in = HardwareProfiles.class.getResourceAsStream(name + EXTENSION)) {
            if (in == null) {
                throw new IllegalStateException("the built-in profile " + name + " is missing from the program");
            }
            return Settings.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name + EXTENSION);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the built-in profile " + name, e);
        }
    }
}
