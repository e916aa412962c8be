package dev.lamina.data;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import dev.lamina.io.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.collections.api.factory.Lists;

/*
 * The first byte of an input says how the rest becomes the archive: no fuzzer guesses the checksum of a header, or writes deflated
 * data that means something. Bit 0 mends the checksums, bit 1 gzips.
 */
/** Archives as {@code fetch} unpacks them, the download's digest taken to be right. No other file may appear than is wanted. */
public final class TarGzTarget implements FuzzTarget {

    private static final int MEND = 1;
    private static final int GZIP = 2;
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;

    private static final byte[] CONTENT = "what is wanted".getBytes(StandardCharsets.US_ASCII);
    private static final PublishedFile WANTED = new PublishedFile("wanted", CONTENT.length, Sha256.of(CONTENT));
    private static final String ARCHIVE = "archive";
    private static final String INSIDE = "in/";

    private final Path data;
    private final Path folder;

    /** Makes the folder. */
    public TarGzTarget() throws IOException {
        data = new Scratch().folder();
        folder = data.resolve("set");
        Files.createDirectory(folder);
        folder.toFile().deleteOnExit();
        folder.resolve(ARCHIVE).toFile().deleteOnExit();
        folder.resolve(WANTED.name()).toFile().deleteOnExit();
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        byte[] plain = new Tar().file(INSIDE + WANTED.name(), CONTENT).bytes();
        byte[] others = new Tar()
                .member(INSIDE, '5', "00000000000", new byte[0])
                .file("../" + WANTED.name(), CONTENT)
                .member("link", '2', "00000000000", new byte[0])
                .file(INSIDE + WANTED.name(), CONTENT)
                .bytes();
        return List.of(
                seed(0, plain),
                seed(MEND, others),
                seed(MEND | GZIP, others),
                seed(0, IdxFileTest.gzip(plain)),
                seed(
                        MEND,
                        new Tar()
                                .file(INSIDE + WANTED.name(), new byte[CONTENT.length])
                                .bytes()));
    }

    private static byte[] seed(int how, byte[] archive) {
        byte[] seed = new byte[1 + archive.length];
        seed[0] = (byte) how;
        System.arraycopy(archive, 0, seed, 1, archive.length);
        return seed;
    }

    @Override
    public void parse(byte[] input) throws IOException {
        byte[] archive = archive(input);
        Files.write(folder.resolve(ARCHIVE), archive);
        Files.deleteIfExists(folder.resolve(WANTED.name()));
        Origin origin = new Origin(
                folder.getFileName().toString(),
                URI.create("http://127.0.0.1:9/"),
                Lists.immutable.of(WANTED),
                Optional.of(new PublishedFile(ARCHIVE, archive.length, Sha256.of(archive))),
                INSIDE);
        boolean unpacked = false;
        try {
            Fetch.fetch(origin, data, (file, done, all) -> {}, Duration.ofSeconds(1));
            unpacked = true;
        } finally {
            checkFolder(unpacked);
        }
    }

    private void checkFolder(boolean unpacked) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> data.relativize(file).toString())
                    .sorted()
                    .toList();
            List<String> right = unpacked ? List.of("set/archive", "set/wanted") : List.of("set/archive");
            if (!names.equals(right)) {
                throw new AssertionError("the files are " + names + ", not " + right);
            }
        }
    }

    private static byte[] archive(byte[] input) throws IOException {
        int how = input.length == 0 ? 0 : input[0];
        byte[] archive = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        if ((how & MEND) != 0) {
            mend(archive);
        }
        return (how & GZIP) != 0 ? IdxFileTest.gzip(archive) : archive;
    }

    /** Gives each block a right checksum that has something like one. */
    private static void mend(byte[] archive) {
        for (int at = 0; at + BLOCK <= archive.length; at += BLOCK) {
            if (archive[at + CHECKSUM] == '0') {
                Arrays.fill(archive, at + CHECKSUM, at + CHECKSUM + 8, (byte) ' ');
                int sum = 0;
                for (int i = at; i < at + BLOCK; i++) {
                    sum += archive[i] & 0xff;
                }
                byte[] digits = String.format("%06o\0", sum).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(digits, 0, archive, at + CHECKSUM, digits.length);
            }
        }
    }
}
