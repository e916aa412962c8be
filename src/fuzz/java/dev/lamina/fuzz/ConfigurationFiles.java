package dev.lamina.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configurations that the program ships, as seeds. */
public final class ConfigurationFiles {

    private static final Pattern COMMENT = Pattern.compile("#[^\n\"]*(?=\n|$)");

    private ConfigurationFiles() {}

    /** Those of a folder of the project, without most of their comments: these would be mutated for nothing. */
    public static List<byte[]> in(String folder) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList()) {
                all.add(bare(Files.readString(file)));
            }
        }
        return all;
    }

    /** A configuration without most of its comments. */
    public static byte[] bare(String text) {
        return COMMENT.matcher(text).replaceAll("").getBytes(StandardCharsets.UTF_8);
    }
}
