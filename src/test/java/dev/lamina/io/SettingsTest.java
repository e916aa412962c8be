package dev.lamina.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {

    private enum Colour {
        RED,
        DARK_BLUE
    }

    @Test
    void readsEveryType() {
        Settings settings = parse("""
                text = hello
                integer = 7
                whole = 9223372036854775807
                real = 0.5
                flag = true
                choice = dark-blue
                texts = [a, b]
                section { inner = 1 }
                list = [{ n = 1 }, { n = 2 }]
                """);
        assertEquals("hello", settings.text("text"));
        assertEquals(7, settings.integer("integer", 7, 7));
        assertEquals(Long.MAX_VALUE, settings.wholeNumber("whole", 0));
        assertEquals(0.5, settings.real("real", 0, 1));
        assertTrue(settings.flag("flag", false));
        assertEquals(Colour.DARK_BLUE, settings.choice("choice", Colour.class));
        assertEquals(List.of("a", "b"), settings.texts("texts"));
        Settings section = settings.section("section");
        assertEquals(1, section.integer("inner", 0, 9));
        section.done();
        List<Settings> list = settings.sections("list");
        assertEquals(2, list.get(1).integer("n", 0, 9));
        settings.done();
    }

    @Test
    void absentKeysFallBack() {
        Settings settings = parse("nothing = null");
        assertFalse(settings.has("nothing"));
        assertEquals("x", settings.text("a", "x"));
        assertEquals(3, settings.integer("b", 0, 9, 3));
        assertEquals(-4L, settings.wholeNumber("c", -4));
        assertEquals(0.25, settings.real("d", 0, 1, 0.25));
        assertTrue(settings.flag("e", true));
        assertEquals(Colour.RED, settings.choice("f", Colour.class, Colour.RED));
        assertEquals(List.of("x"), settings.texts("g", "x"));
        assertTrue(settings.optionalSection("h").isEmpty());
        settings.done();
    }

    @Test
    void unknownKeyNamesFileLineAndKey() {
        Settings settings = parse("a = 1\n\nsection {\n  known = 1\n  unknwon = 2\n}");
        settings.integer("a", 0, 9);
        Settings section = settings.section("section");
        section.integer("known", 0, 9);
        settings.done();
        assertComplaint("unknown key 'section.unknwon': test.conf line 5: known here: known", section::done);
    }

    @Test
    void keyWithADotIsOneUnknownKeyAndNotAPath() {
        Settings settings = parse("\"a.b\" = 1");
        assertComplaint("unknown key 'a.b': test.conf line 1: remove it", settings::done);
        assertEquals(1, settings.integer("a.b", 0, 9));
        settings.done();
    }

    @Test
    void missingKeyIsAComplaint() {
        Settings settings = parse("section {\n}");
        assertComplaint("missing key 'a': test.conf", () -> settings.text("a"));
        assertComplaint(
                "missing key 'section.b': test.conf line 1: give it a number",
                () -> settings.section("section").real("b", 0, 1));
    }

    @Test
    void mistypedKeyIsAComplaint() {
        Settings settings = parse(
                "text = [1]\nnumber = many\nflag = 1\nsection = 3\nsections = [1]\nhalf = 0.5\nhuge = 1e300\nover = 9223372036854775808");
        assertComplaint("mistyped key 'text': test.conf line 1: give it a text", () -> settings.text("text"));
        assertComplaint(
                "mistyped key 'number': test.conf line 2: give it a whole number",
                () -> settings.integer("number", 0, 9));
        assertComplaint(
                "mistyped key 'number': test.conf line 2: give it a number", () -> settings.real("number", 0, 9));
        assertComplaint("mistyped key 'flag': test.conf line 3: ", () -> settings.flag("flag", true));
        assertComplaint("mistyped key 'section': test.conf line 4: ", () -> settings.section("section"));
        assertComplaint("mistyped key 'sections': test.conf line 5: ", () -> settings.sections("sections"));
        assertComplaint("mistyped key 'number': test.conf line 2: ", () -> settings.texts("number"));
        assertComplaint("key 'half' is 0.5: test.conf line 6: ", () -> settings.integer("half", 0, 9));
        assertComplaint(
                "key 'over' is 9.223372036854776E18: test.conf line 8: ", () -> settings.wholeNumber("over", 0));
        assertComplaint("key 'huge' is 1.0E300: test.conf line 7: ", () -> settings.wholeNumber("huge", 0));
    }

    @Test
    void valueOutOfRangeIsAComplaint() {
        Settings settings = parse("i = 10\nr = -0.1\nn = NaN\nc = green\nd = DARK_BLUE\nbig = 4294967296");
        assertComplaint(
                "key 'i' is 10: test.conf line 1: give it a whole number from 0 to 9",
                () -> settings.integer("i", 0, 9));
        assertComplaint(
                "key 'r' is -0.1: test.conf line 2: give it a number from 0.0 to 1.0", () -> settings.real("r", 0, 1));
        assertComplaint("key 'n' is NaN: test.conf line 3: ", () -> settings.real("n", 0, 1));
        assertComplaint(
                "key 'c' is green: test.conf line 4: give it one of red, dark-blue",
                () -> settings.choice("c", Colour.class));
        assertComplaint("key 'd' is DARK_BLUE: test.conf line 5: ", () -> settings.choice("d", Colour.class));
        assertComplaint("key 'big' is 4294967296: test.conf line 6: ", () -> settings.integer("big", 0, 9));
    }

    @Test
    void nothingIsTakenFromElsewhere(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.conf"), "a = 1");
        for (String include : new String[] {
            "include \"" + other + "\"",
            "include file(\"" + other + "\")",
            "include url(\"" + other.toUri() + "\")",
            "include classpath(\"reference.conf\")",
            "include required(file(\"" + other + "\"))",
            "include \"reference\""
        }) {
            assertComplaint("not a HOCON configuration: test.conf: ", () -> parse(include));
        }
    }

    @Test
    void substitutionsAreRefused() {
        // By doubling, a kilobyte of them makes a text of gigabytes.
        String doubling = "a0 = xxxxxxxx\na1 = ${a0}${a0}\na2 = ${a1}${a1}";
        for (String text : new String[] {"a = ${PATH}", "a = ${?PATH}", "a = ${a}", "a += 1", doubling}) {
            assertComplaint("a configuration with substitutions: test.conf: ", () -> parse(text));
        }
        assertEquals("${a} +=", parse("a = \"${a} +=\"").text("a"));
    }

    @Test
    void escapedCharactersWithoutANumberAreRefused() {
        for (String digits : new String[] {"-acc", "-001", "xyz1", "12"}) {
            String text = "a = \"\\u" + digits + "\"";
            assertComplaint("not a HOCON configuration: test.conf", () -> parse(text));
        }
        assertEquals("Z", parse("a = \"\\u005a\"").text("a"));
    }

    @Test
    void negativeZeroIsZero() {
        for (String zero : new String[] {"-0", "-0.0", "-0e0", "-0.0e-7", "\"-0.0\""}) {
            assertEquals(0.0, parse("a = " + zero).real("a", -1, 1), zero);
        }
    }

    @Test
    void longTextIsRefused() {
        // The library takes the square of the number of values side by side: a megabyte of them would take minutes.
        String beside = "a = " + "1 ".repeat(Settings.MAX_LENGTH / 2);
        assertComplaint("a configuration longer than 196608 characters: test.conf: ", () -> parse(beside));
    }

    @Test
    void brokenTextIsOneLine() {
        for (String text : new String[] {"a = {", "a = [1", "= 3", "[1]", "{".repeat(100_000)}) {
            assertComplaint("not a HOCON configuration: test.conf", () -> parse(text));
        }
    }

    @Test
    void brokenTextNamesTheLineOnce() {
        assertComplaint(
                "not a HOCON configuration: test.conf line 2: list should have ended with ]",
                () -> parse("a = 1\nb = [1,2 = 3\n"));
        assertComplaint("not a HOCON configuration: test.conf line 3: ", () -> parse("a = 1\nb {\n"));
        InputException open = assertThrows(InputException.class, () -> parse("a = \"x\n"));
        assertFalse(String.valueOf(open.getMessage()).contains("(if you"), open.getMessage());
    }

    @Test
    void renderReadsBackToTheSameValues() {
        String text =
                "a = 1\n\"odd.key\" = \"q\\\"uote\"\ns { list = [{ x = 0.1 }, { x = -2 }] }\n# a comment\nn = null";
        Settings settings = parse(text);
        Settings again = Settings.parse(settings.render(), "again");
        assertEquals(settings.render(), again.render());
        assertEquals(settings.keys(), again.keys());
        assertEquals("q\"uote", again.text("odd.key"));
        assertEquals(0.1, again.section("s").sections("list").get(0).real("x", 0, 1));
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.conf"), "a = 1");
        assertEquals(1, Settings.read(file).integer("a", 0, 9));
        assertThrows(InputException.class, () -> Settings.read(folder));
        assertThrows(InputException.class, () -> Settings.read(folder.resolve("none.conf")));
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThrows(InputException.class, () -> Settings.read(binary));
        Path large = Files.write(folder.resolve("large"), new byte[Settings.MAX_LENGTH + 1]);
        assertThrows(InputException.class, () -> Settings.read(large));
    }

    @Test
    void replacedKeysAreReadAndToldOfAsTheOthers() {
        Settings section = parse("s {\n a = 1\n inner { b = 2\n c = 3 }\n}").section("s");
        Settings other = section.with("command line", Map.of("a", 7, "inner", Map.of("b", 0.5), "d", true));
        assertEquals(7, other.integer("a", 0, 9));
        assertTrue(other.flag("d", false));
        Settings inner = other.section("inner");
        assertEquals(0.5, inner.real("b", 0, 1));
        assertEquals(3, inner.integer("c", 0, 9));
        assertComplaint(
                "key 's.a' is 7: command line: give it a whole number from 0 to 5", () -> other.integer("a", 0, 5));
        assertComplaint("key 's.inner.b' is 0.5: command line: ", () -> inner.integer("b", 0, 5));
        assertComplaint("key 's.inner.c' is 3: test.conf line 4: ", () -> inner.integer("c", 0, 2));
        other.done();
        inner.done();
        assertEquals(1, section.integer("a", 0, 9));
        assertComplaint("unknown key 's.x': command line: ", () -> {
            Settings unknown = section.with("command line", Map.of("x", 1));
            unknown.integer("a", 0, 9);
            unknown.section("inner");
            unknown.done();
        });
    }

    @Test
    void keyThatWasTakenOutIsAbsent() {
        Settings settings = parse("a = 1\nb = 2\n\"c.d\" = 3");
        Settings less = settings.without("a").without("c.d").without("none");
        assertFalse(less.has("a"));
        assertEquals(List.of("b"), less.keys());
        assertTrue(settings.has("a"));
    }

    private static Settings parse(String text) {
        return Settings.parse(text, "test.conf");
    }

    private static void assertComplaint(String start, Executable executable) {
        InputException e = assertThrows(InputException.class, executable);
        assertEquals(InputException.Kind.CONFIGURATION, e.kind());
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
}
