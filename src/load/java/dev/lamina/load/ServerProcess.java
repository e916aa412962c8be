package dev.lamina.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code lamina serve} of the drawn digits, in a process of its own. For one thread. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("serving version 1 of .* at (http://[^;]*);.*");
    private static final Pattern COLLECTION = Pattern.compile("[0-9]+M->([0-9]+)M\\(");

    private final Process process;
    private final URI address;
    private final Path collections;
    private long looked;

    private ServerProcess(Process process, URI address, Path collections) {
        this.process = process;
        this.address = address;
        this.collections = collections;
    }

    /**
     * Starts one, and waits until it serves.
     *
     * @param folder for its log and that of its collector of garbage
     * @param java options of Java's
     */
    static ServerProcess start(Path folder, List<String> java) throws IOException {
        Files.createDirectories(folder);
        Path collections = folder.resolve("collections.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + collections + ":none:filecount=0"));
        command.addAll(java);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.lamina.cli.Main"));
        command.addAll(List.of("serve", "sim-configs/quickstart.conf", "--port", "0"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        StringBuilder before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher serving = ADDRESS.matcher(line);
            if (serving.matches()) {
                keep(said, folder.resolve("server.log"));
                return new ServerProcess(process, URI.create(serving.group(1)), collections);
            }
            before.append(line).append('\n');
        }
        throw new IOException("the server does not start:\n" + before);
    }

    /** Keeps what the server says from now on. */
    private static void keep(BufferedReader said, Path log) {
        Thread keeper = new Thread(() -> {
            try (Writer out = Files.newBufferedWriter(log)) {
                said.transferTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        keeper.setDaemon(true);
        keeper.start();
    }

    /** Where it is. */
    URI address() {
        return address;
    }

    /** Waits so long, or until it has ended, which it should not. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What it holds now. */
    Memory memory() throws IOException {
        return new Memory(status("VmRSS") < 0 ? -1 : status("VmRSS") >> 10, heap(), status("Threads"));
    }

    /** A number of Linux's about the process. */
    private long status(String name) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(-1);
        }
    }

    private long heap() throws IOException {
        List<String> all = Files.readAllLines(collections);
        long least = all.stream()
                .skip(looked)
                .map(COLLECTION::matcher)
                .filter(Matcher::find)
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .min()
                .orElse(-1);
        looked = all.size();
        return least;
    }

    /** Asks it to end, as SIGTERM does, and returns its exit status. */
    int end() throws InterruptedException {
        boolean unused = process.toHandle().destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        Process unused = process.destroyForcibly();
    }
}
