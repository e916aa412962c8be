package dev.lamina.model;

import dev.lamina.io.InputException;
import dev.lamina.io.Settings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The string metadata of a model file, read strictly: each value is asked for by key and type, and {@link #done()}
 * refuses those that nobody asked for. Keys of other programs, without the prefix, are ignored.
 */
final class Metadata {

    /** What all keys of ours begin with. */
    static final String PREFIX = "lamina.";

    /** The longest HOCON text. */
    static final int MAX_HOCON = Settings.MAX_LENGTH;

    private final Map<String, String> strings;
    private final Set<String> known = new HashSet<>();

    /** The metadata of a file; keys with their prefix. */
    Metadata(Map<String, String> strings) {
        this.strings = strings;
    }

    /** Whether the key is there. */
    boolean has(String key) {
        known.add(key);
        return strings.containsKey(PREFIX + key);
    }

    /** The text under {@code key}. */
    String text(String key) throws DamageException {
        known.add(key);
        String text = strings.get(PREFIX + key);
        if (text == null) {
            throw new DamageException("the metadata '" + PREFIX + key + "' is missing");
        }
        return text;
    }

    /** The whole number under {@code key}, within {@code [min, max]}. */
    long whole(String key, long min, long max) throws DamageException {
        String text = text(key);
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(key, text, "a whole number from " + min + " to " + max);
    }

    /** The number under {@code key}, within {@code [min, max]}. */
    double real(String key, double min, double max) throws DamageException {
        String text = text(key);
        try {
            double value = Double.parseDouble(text);
            if (value >= min && value <= max) {
                // As Settings reads a negative zero.
                return value + 0.0;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(key, text, "a number from " + min + " to " + max);
    }

    /** The constant of {@code type} that is written as {@link #name} under {@code key}. */
    <E extends Enum<E>> E choice(String key, Class<E> type) throws DamageException {
        String text = text(key);
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(text)) {
                return constant;
            }
        }
        String known =
                Arrays.stream(type.getEnumConstants()).map(Metadata::name).collect(Collectors.joining(", "));
        throw wrong(key, text, "one of " + known);
    }

    /** What {@code reader} makes of the HOCON text under {@code key}. */
    <V> V hocon(String key, Function<Settings, V> reader) throws DamageException {
        String text = text(key);
        String name = "the metadata '" + PREFIX + key + "'";
        // Substitutions let a short text stand for gigabytes; we write none.
        if (text.length() > MAX_HOCON || text.contains("${") || text.contains("+=")) {
            throw new DamageException(name + " is longer than " + MAX_HOCON + " characters or has substitutions");
        }
        try {
            Settings settings = Settings.parse(text, PREFIX + key);
            V value = reader.apply(settings);
            settings.done();
            return value;
        } catch (InputException | IllegalArgumentException e) {
            throw new DamageException(name + " is wrong", Shorten.text(String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            // The parser does not promise which exceptions a hostile text can provoke.
            throw new DamageException(name + " is not a HOCON configuration", e);
        }
    }

    /**
     * Says that everything was asked for.
     *
     * @throws DamageException if a key of ours is left that nobody asked for
     */
    void done() throws DamageException {
        for (String key : strings.keySet()) {
            if (key.startsWith(PREFIX) && !known.contains(key.substring(PREFIX.length()))) {
                throw new DamageException(
                        "the metadata '" + Shorten.text(key) + "' has no meaning in this kind of model");
            }
        }
    }

    /** How a constant is written. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * HOCON text that {@link #hocon} reads back, from text that has what looks like a substitution in quotes only.
     *
     * @throws IllegalArgumentException if it is too long
     */
    static String hoconText(String text) {
        String escaped = text.replace("${", "\\u0024{").replace("+=", "\\u002b=");
        if (escaped.length() > MAX_HOCON) {
            throw new IllegalArgumentException("a definition of " + escaped.length() + " characters is too long");
        }
        return escaped;
    }

    private static DamageException wrong(String key, String value, String range) {
        return new DamageException(
                "the metadata '" + PREFIX + key + "' is '" + Shorten.text(value) + "'", "it must be " + range);
    }
}
