package dev.lamina.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files that may or may not be gzipped, whatever their names say. */
final class Gzip {

    private static final int FIRST = 0x1f;
    private static final int SECOND = 0x8b;
    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    /** Opens a file for reading what it holds, unpacked if it starts as gzip files do. */
    static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            in.mark(2);
            boolean packed = in.read() == FIRST && in.read() == SECOND;
            in.reset();
            return packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
