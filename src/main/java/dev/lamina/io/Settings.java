package dev.lamina.io;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One section of a HOCON file, read strictly: every value is asked for by key, type and range, and {@link #done()}
 * refuses the keys that nobody asked for. Each complaint names file, line and key.
 *
 * <p>Keys are simple names, never paths. Nothing is substituted, above all no environment variables, so a file means
 * the same everywhere. Not thread-safe: a section remembers what was asked of it.
 */
public final class Settings {

    /**
     * The longest text, in characters: a thousand layers, but not what keeps a parser busy for minutes. Its time grows with the
     * square of the values that stand side by side.
     */
    public static final int MAX_LENGTH = 3 << 16;

    private static final ConfigRenderOptions RENDER =
            ConfigRenderOptions.defaults().setOriginComments(false).setComments(false);

    private final Config config;
    private final String path;
    private final String source;
    private final TreeSet<String> known = new TreeSet<>();

    private Settings(Config config, String path, String source) {
        this.config = config;
        this.path = path;
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @throws InputException if it is absent, unreadable, too large, or no HOCON without substitutions
     */
    public static Settings read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw InputException.configuration(
                        Files.exists(file) ? "the configuration is not a file" : "no such configuration file",
                        file.toString(),
                        "give the path of an existing .conf file");
            }
            if (Files.size(file) > MAX_LENGTH) {
                throw tooLong(file.toString());
            }
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw InputException.configuration(
                    "cannot read the configuration", file.toString(), "it must be readable UTF-8 text", e);
        }
    }

    /**
     * Parses HOCON text. Includes are refused, so that a text from a model file can not make the process read others, and
     * substitutions, by which a short text can stand for gigabytes.
     *
     * @param source what complaints call the text
     * @throws InputException if it is longer than {@link #MAX_LENGTH}, or no HOCON without includes and substitutions
     */
    public static Settings parse(String text, String source) {
        if (text.length() > MAX_LENGTH) {
            throw tooLong(source);
        }
        try {
            Config config = ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults()
                            .setSyntax(ConfigSyntax.CONF)
                            .setOriginDescription(source)
                            .setIncluder(new NoIncludes()));
            if (!config.isResolved()) {
                throw InputException.configuration(
                        "a configuration with substitutions", source, "write values out in place of ${…} and +=");
            }
            return new Settings(config, "", source);
        } catch (ConfigException | IllegalArgumentException e) {
            // The latter from an escaped character whose number is negative, for which the library has no complaint.
            throw notHocon(source, e);
        } catch (StackOverflowError e) {
            throw InputException.configuration("not a HOCON configuration", source, "it is nested too deeply", e);
        }
    }

    private static InputException notHocon(String source, RuntimeException e) {
        // The library's complaints begin with the source and the line, and end with what one may have meant, at length.
        Matcher matcher = Pattern.compile(
                        Pattern.quote(source) + ": (?<line>[0-9]+): (?<what>.+?)( \\(if you .*)?", Pattern.DOTALL)
                .matcher(String.valueOf(e.getMessage()));
        if (!matcher.matches()) {
            return InputException.configuration("not a HOCON configuration", source, String.valueOf(e.getMessage()), e);
        }
        String what = matcher.group("what");
        return InputException.configuration(
                "not a HOCON configuration",
                source + " line " + matcher.group("line"),
                what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1),
                e);
    }

    private static InputException tooLong(String source) {
        return InputException.configuration(
                "a configuration longer than " + MAX_LENGTH + " characters", source, "give a HOCON file");
    }

    /**
     * This section with some keys replaced, as by options of a command line.
     *
     * @param origin what complaints about them call their place
     * @param values by key, texts, numbers, truth values, and maps of these for sections
     */
    public Settings with(String origin, Map<String, ?> values) {
        return new Settings(ConfigFactory.parseMap(values, origin).withFallback(config), path, source);
    }

    /** This section without a key. */
    public Settings without(String key) {
        return new Settings(config.withoutPath(quoted(key)), path, source);
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        known.add(key);
        return value(key) != null;
    }

    /** The text under {@code key}. */
    public String text(String key) {
        return required(key, () -> config.getString(quoted(key)), "a text");
    }

    /** The text under {@code key}, or {@code fallback} where it is absent. */
    public String text(String key, String fallback) {
        return has(key) ? text(key) : fallback;
    }

    /** The whole number under {@code key}, within {@code [min, max]}. */
    public int integer(String key, int min, int max) {
        long value = whole(key);
        if (value < min || value > max) {
            throw outOfRange(key, Long.toString(value), "a whole number from " + min + " to " + max);
        }
        return (int) value;
    }

    /** The whole number under {@code key}, within {@code [min, max]}, or {@code fallback} where it is absent. */
    public int integer(String key, int min, int max, int fallback) {
        return has(key) ? integer(key, min, max) : fallback;
    }

    /** The 64-bit whole number under {@code key}, or {@code fallback} where it is absent. */
    public long wholeNumber(String key, long fallback) {
        return has(key) ? whole(key) : fallback;
    }

    /** The finite number under {@code key}, within {@code [min, max]}. */
    public double real(String key, double min, double max) {
        double value = required(key, () -> config.getDouble(quoted(key)), "a number");
        if (!(value >= min && value <= max)) {
            throw outOfRange(key, Double.toString(value), "a number from " + min + " to " + max);
        }
        // Makes the negative zero, whose sign the library keeps of some spellings only, the ordinary one.
        return value + 0.0;
    }

    /** The finite number under {@code key}, within {@code [min, max]}, or {@code fallback} where it is absent. */
    public double real(String key, double min, double max, double fallback) {
        return has(key) ? real(key, min, max) : fallback;
    }

    /** The truth value under {@code key}, or {@code fallback} where it is absent. */
    public boolean flag(String key, boolean fallback) {
        return has(key) ? required(key, () -> config.getBoolean(quoted(key)), "true or false") : fallback;
    }

    /** The text under {@code key}, which is one of {@code names}. */
    public String choice(String key, List<String> names) {
        String text = text(key);
        if (!names.contains(text)) {
            throw outOfRange(key, text, "one of " + String.join(", ", names));
        }
        return text;
    }

    /** The constant of {@code type} that is written, in lower case and with hyphens, under {@code key}. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return type.getEnumConstants()[names.indexOf(choice(key, names))];
    }

    /** The constant written under {@code key}, or {@code fallback} where it is absent. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        return has(key) ? choice(key, type) : fallback;
    }

    /** The texts of the list under {@code key}, or {@code fallback} where it is absent. */
    public List<String> texts(String key, String... fallback) {
        return has(key)
                ? required(key, () -> config.getStringList(quoted(key)), "a list of texts")
                : Arrays.asList(fallback);
    }

    /** The section under {@code key}. */
    public Settings section(String key) {
        return new Settings(
                required(key, () -> config.getConfig(quoted(key)), "a section in braces"), path + key + ".", source);
    }

    /** The section under {@code key}, or nothing where it is absent. */
    public Optional<Settings> optionalSection(String key) {
        return has(key) ? Optional.of(section(key)) : Optional.empty();
    }

    /** The list of sections under {@code key}. */
    public List<Settings> sections(String key) {
        List<? extends Config> list = required(key, () -> config.getConfigList(quoted(key)), "a list of sections");
        List<Settings> sections = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            sections.add(new Settings(list.get(i), path + key + "[" + i + "].", source));
        }
        return sections;
    }

    /** The keys of this section, sorted. */
    public List<String> keys() {
        return new ArrayList<>(new TreeSet<>(config.root().keySet()));
    }

    /**
     * Says that the keys of a section stand here bare, and not in the section itself.
     *
     * @param name what the section is called elsewhere
     * @throws InputException if there is nothing but a section of that name
     */
    public void bare(String name) {
        if (keys().equals(List.of(name)) && config.root().get(name) instanceof ConfigObject) {
            throw wrong(name, "a section '" + path + name + "' around its keys", "give what stands between its braces");
        }
    }

    /**
     * Says that everything was asked for.
     *
     * @throws InputException if a key is left that nobody asked for
     */
    public void done() {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw wrong(
                        key,
                        "unknown key '" + path + key + "'",
                        known.isEmpty() ? "remove it" : "known here: " + String.join(", ", known));
            }
        }
    }

    /** What complaints call {@code key}: with the sections that it stands in. */
    public String fullName(String key) {
        return path + key;
    }

    /** A complaint about {@code key} that names its file and line. */
    public InputException wrong(String key, String what, String mend) {
        return InputException.configuration(what, where(key), mend);
    }

    /** Where {@code key}, or this section if it is absent, stands: file and line. */
    public String where(String key) {
        ConfigValue value = value(key);
        ConfigOrigin origin = value == null ? config.origin() : value.origin();
        if (origin.lineNumber() > 0) {
            return source + " line " + origin.lineNumber();
        }
        return value == null ? source : origin.description();
    }

    /** This section as HOCON text that {@link #parse} reads back to the same values. */
    public String render() {
        return config.root().render(RENDER);
    }

    /** A text in quotes, as HOCON writes it whatever it holds. */
    public static String quoted(String text) {
        return ConfigUtil.quoteString(text);
    }

    private @Nullable ConfigValue value(String key) {
        ConfigObject root = config.root();
        ConfigValue value = root.get(key);
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }

    private long whole(String key) {
        double real = required(key, () -> config.getDouble(quoted(key)), "a whole number");
        if (real != Math.rint(real)) {
            throw outOfRange(key, Double.toString(real), "a whole number");
        }
        long whole = required(key, () -> config.getLong(quoted(key)), "a whole number");
        // Of what is beyond, the library makes the largest long, which as a double is 2⁶³ as well.
        boolean beyond = real >= 0x1p63 && !config.getString(quoted(key)).equals(Long.toString(Long.MAX_VALUE));
        if (whole != real || beyond) {
            throw outOfRange(
                    key, Double.toString(real), "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
        }
        return whole;
    }

    private <V> V required(String key, Supplier<V> getter, String type) {
        known.add(key);
        if (value(key) == null) {
            throw wrong(key, "missing key '" + path + key + "'", "give it " + type);
        }
        try {
            return getter.get();
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            throw InputException.configuration("mistyped key '" + path + key + "'", where(key), "give it " + type, e);
        }
    }

    private InputException outOfRange(String key, String value, String range) {
        return wrong(key, "key '" + path + key + "' is " + value, "give it " + range);
    }

    /** Refuses every form of include. */
    private static final class NoIncludes
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            throw refused(what);
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            throw refused(what.toString());
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            throw refused(what.toString());
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            throw refused(what);
        }

        private static ConfigException refused(String what) {
            return new ConfigException.Generic("include is not allowed here: " + what);
        }
    }
}
