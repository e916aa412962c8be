package dev.lamina.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process's standard output and error, as far as Java leaves them alone. */
final class StandardStreams {

    private static final int PATIENCE_SECONDS = 2;

    /** What Linux and macOS say when the reader has gone, as {@code head} does. */
    private static final String READER_GONE = "Broken pipe";

    private final Recorder recorder = new Recorder();

    private StandardStreams() {}

    /** Puts a stream in the place of {@link System#out} that remembers a failure, which {@link PrintStream} hides. */
    static StandardStreams install() {
        StandardStreams streams = new StandardStreams();
        String encoding = System.getProperty(
                "stdout.encoding",
                System.getProperty(
                        "sun.stdout.encoding", Charset.defaultCharset().name()));
        System.setOut(new PrintStream(streams.recorder, false, Charset.forName(encoding)));
        return streams;
    }

    /** Why some of the standard output is lost, if it is; a reader who wants no more has lost nothing. */
    Optional<String> loss() {
        System.out.flush();
        return Optional.ofNullable(recorder.failure).filter(message -> !message.contains(READER_GONE));
    }

    /**
     * Closes the standard error and waits for its reader. The launcher has a filter read it, a child of this process;
     * without waiting, the last line might appear after the process is gone.
     */
    static void closeError() {
        System.err.close();
        ProcessHandle.current()
                .children()
                .forEach(filter -> filter.onExit()
                        .completeOnTimeout(filter, PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join());
    }

    private static final class Recorder extends FileOutputStream {

        private volatile @Nullable String failure;

        Recorder() {
            super(FileDescriptor.out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                super.write(bytes, offset, length);
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
                throw e;
            }
        }
    }
}
