package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lamina.io.InputException;
import dev.lamina.io.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching from a server of the test's own. */
final class FetchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] A = bytes("the content of a");
    private static final byte[] B = bytes("what b holds");
    private static final Fetch.Progress SILENT = (file, done, all) -> {};

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Path folder;

    FetchTest(@TempDir Path temporary) throws IOException {
        folder = temporary.resolve("data");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            answers.getOrDefault(path, status(404)).to(exchange);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetchesFilesAndSaysHowItGoes() throws IOException {
        answers.put("/d/a", content(A));
        answers.put("/d/b", content(B));
        MutableList<String> heard = Lists.mutable.empty();
        Path target =
                Fetch.fetch(files(), folder, (file, done, all) -> heard.add(file + " " + done + "/" + all), PATIENCE);
        assertEquals(folder.resolve("set"), target);
        assertArrayEquals(A, Files.readAllBytes(target.resolve("a")));
        assertArrayEquals(B, Files.readAllBytes(target.resolve("b")));
        assertEquals("a 0/16", heard.getFirst());
        assertTrue(heard.contains("a 16/16"));
        assertEquals("b 12/12", heard.getLast());
        assertEquals(List.of("set", "set/a", "set/b"), left());
    }

    @Test
    void keepsWhatIsRightAndReplacesWhatIsWrong() throws IOException {
        Files.createDirectories(folder.resolve("set"));
        Files.write(folder.resolve("set/a"), A);
        Files.write(folder.resolve("set/b"), bytes("what b HOLDS"));
        answers.put("/d/b", content(B));
        fetch(files());
        assertEquals(List.of("/d/b"), List.copyOf(requests));
        assertArrayEquals(B, Files.readAllBytes(folder.resolve("set/b")));
        fetch(files());
        assertEquals(1, requests.size());
    }

    @Test
    void followsRedirects() throws IOException {
        answers.put("/d/a", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        answers.put("/elsewhere", content(A));
        answers.put("/d/b", content(B));
        fetch(files());
        assertArrayEquals(A, Files.readAllBytes(folder.resolve("set/a")));
    }

    @Test
    void wrongDigestIsAComplaint() {
        answers.put("/d/a", content(bytes("the content of A")));
        assertComplaint("the file has not the right digest");
    }

    @Test
    void emptyBodyIsAComplaint() {
        answers.put("/d/a", content(new byte[0]));
        assertComplaint("the file has not the right digest");
    }

    @Test
    void httpErrorIsAComplaint() {
        assertComplaint("the server answered 404");
        answers.put("/d/a", status(503));
        assertComplaint("the server answered 503");
    }

    @Test
    void cutConnectionIsAComplaint() {
        answers.put("/d/a", exchange -> {
            exchange.sendResponseHeaders(200, A.length);
            exchange.getResponseBody().write(A, 0, 5);
            exchange.getResponseBody().flush();
        });
        assertComplaint("the connection broke");
    }

    @Test
    void tooManyBytesAreAComplaint() {
        answers.put("/d/a", content(Arrays.copyOf(A, 1 << 20)));
        assertComplaint("more than 16 bytes");
    }

    @Test
    void silentServerIsAComplaint() {
        answers.put("/d/a", exchange -> {
            exchange.sendResponseHeaders(200, A.length);
            exchange.getResponseBody().write(A, 0, 5);
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        assertComplaint("the server sent nothing for", Duration.ofMillis(300));
        answers.put("/d/a", exchange -> awaitEnd());
        assertComplaint("cannot reach the server", Duration.ofMillis(300));
    }

    @Test
    void absentServerIsAComplaint() {
        server.stop(0);
        assertComplaint("cannot reach the server");
    }

    @Test
    void failureKeepsTheFilesThatCameWholeAndTheOldOnes() throws IOException {
        Files.createDirectories(folder.resolve("set"));
        Files.write(folder.resolve("set/b"), bytes("old"));
        answers.put("/d/a", content(A));
        answers.put("/d/b", content(bytes("wrong")));
        assertThrows(InputException.class, () -> fetch(files()));
        assertEquals(List.of("set", "set/a", "set/b"), left());
        assertArrayEquals(bytes("old"), Files.readAllBytes(folder.resolve("set/b")));
    }

    @Test
    void unpacksOnlyTheWantedFilesOfAnArchive() throws IOException {
        byte[] archive = IdxFileTest.gzip(new Tar()
                .file("../evil", bytes("evil"))
                .file("/tmp/evil", bytes("evil"))
                .file("in/../../a", bytes("the CONTENT of a"))
                .file("a", bytes("the CONTENT of a"))
                .file("in/readme", bytes("text"))
                .file("in/b", B)
                .file("in/a", A)
                .file("in/a", bytes("the CONTENT of a"))
                .bytes());
        answers.put("/d/set.tar.gz", content(archive));
        fetch(archived(archive));
        assertEquals(List.of("set", "set/a", "set/b"), left());
        assertArrayEquals(A, Files.readAllBytes(folder.resolve("set/a")));
        assertArrayEquals(B, Files.readAllBytes(folder.resolve("set/b")));
        fetch(archived(archive));
        assertEquals(1, requests.size());
    }

    @Test
    void doesNotReadWhatIsBehindTheLastWantedFile() throws IOException {
        byte[] whole = new Tar().file("in/a", A).file("in/b", B).file("c", B).bytes();
        int behind = 4 * 512;
        Arrays.fill(whole, behind, whole.length, (byte) 'x');
        byte[] damaged = IdxFileTest.gzip(whole);
        answers.put("/d/set.tar.gz", content(damaged));
        fetch(archived(damaged));
        assertEquals(List.of("set", "set/a", "set/b"), left());
    }

    @Test
    void anArchiveThatAKilledFetchLeftIsUsedAndGoes() throws IOException {
        byte[] archive =
                IdxFileTest.gzip(new Tar().file("in/a", A).file("in/b", B).bytes());
        Path left = folder.resolve("set/.set.tar.gz");
        Files.createDirectories(left.getParent());
        Files.write(left, archive);
        fetch(archived(archive));
        assertEquals(List.of("set", "set/a", "set/b"), left());
        Files.write(left, archive);
        fetch(archived(archive));
        assertEquals(0, requests.size());
        assertEquals(List.of("set", "set/a", "set/b"), left());
    }

    @Test
    void usesAndKeepsAnArchiveThatIsAlreadyThere() throws IOException {
        byte[] archive =
                IdxFileTest.gzip(new Tar().file("in/a", A).file("in/b", B).bytes());
        Files.createDirectories(folder.resolve("set"));
        Files.write(folder.resolve("set/set.tar.gz"), archive);
        fetch(archived(archive));
        assertEquals(0, requests.size());
        assertEquals(List.of("set", "set/a", "set/b", "set/set.tar.gz"), left());
    }

    @Test
    void wrongArchiveIsAComplaintAndLeavesNothing() throws IOException {
        Map<String, byte[]> archives = Map.of(
                "does not have in/b",
                IdxFileTest.gzip(new Tar().file("in/a", A).bytes()),
                "does not have in/a",
                IdxFileTest.gzip(new Tar().file("in/b", B).bytes()),
                "a has not the right digest",
                IdxFileTest.gzip(new Tar().file("in/a", B).file("in/b", B).bytes()),
                "b has not the right digest",
                IdxFileTest.gzip(new Tar().file("in/b", new byte[1 << 20]).bytes()),
                "cannot unpack the archive",
                bytes("neither gzip nor tar"));
        for (Map.Entry<String, byte[]> entry : archives.entrySet()) {
            answers.put("/d/set.tar.gz", content(entry.getValue()));
            InputException e = assertThrows(InputException.class, () -> fetch(archived(entry.getValue())));
            assertTrue(e.getMessage().contains(entry.getKey()), e.getMessage());
            assertFalse(left().contains("set/set.tar.gz"));
            assertTrue(left().stream().noneMatch(name -> name.contains("/.")), left().toString());
            Files.deleteIfExists(folder.resolve("set/a"));
            Files.deleteIfExists(folder.resolve("set/b"));
        }
    }

    @Test
    void folderThatCannotBeMadeIsAComplaint() throws IOException {
        answers.put("/d/a", content(A));
        Files.write(folder, bytes("a file where the folder should be"));
        assertThrows(InputException.class, () -> fetch(files()));
    }

    @Test
    void unknownAndBuiltInNamesAreRefused() {
        InputException unknown = assertThrows(InputException.class, () -> Fetch.fetch("imagenet", folder, SILENT));
        assertTrue(unknown.getMessage().startsWith("unknown data set 'imagenet'"), unknown.getMessage());
        InputException builtIn = assertThrows(InputException.class, () -> Fetch.fetch("drawn-digits", folder, SILENT));
        assertTrue(builtIn.getMessage().contains("is built in"), builtIn.getMessage());
        assertEquals(InputException.Kind.CONFIGURATION, builtIn.kind());
    }

    @Test
    void publishedFilesArePlainNamesWithWholeDigests() {
        assertEquals(Lists.mutable.of("mnist", "fashion-mnist", "cifar10"), Fetch.names());
        for (Origin origin : Origin.ALL) {
            assertTrue(origin.base().toString().endsWith("/"));
            for (PublishedFile file : origin.files()
                    .toList()
                    .withAll(Lists.mutable.ofAll(origin.archive().stream().toList()))) {
                assertTrue(file.name().matches("[a-z0-9_.-]+"), file.name());
                assertTrue(file.sha256().matches("[0-9a-f]{64}"), file.name());
            }
        }
    }

    private void assertComplaint(String what) {
        assertComplaint(what, PATIENCE);
    }

    private void assertComplaint(String what, Duration patience) {
        InputException e = assertThrows(InputException.class, () -> Fetch.fetch(files(), folder, SILENT, patience));
        assertTrue(e.getMessage().startsWith(what), e.getMessage());
        assertTrue(e.getMessage().contains(base() + "a: "), e.getMessage());
        assertFalse(e.getMessage().contains("\n"));
        assertEquals(List.of(), left());
    }

    private void fetch(Origin origin) {
        Fetch.fetch(origin, folder, SILENT, PATIENCE);
    }

    private URI base() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/d/");
    }

    private Origin files() {
        return new Origin(
                "set", base(), Lists.immutable.of(published("a", A), published("b", B)), Optional.empty(), "");
    }

    private Origin archived(byte[] archive) {
        return new Origin("set", base(), files().files(), Optional.of(published("set.tar.gz", archive)), "in/");
    }

    private static PublishedFile published(String name, byte[] content) {
        return new PublishedFile(name, content.length, Sha256.of(content));
    }

    /** Everything in the folder of data sets, sorted. */
    private List<String> left() {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer content(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        };
    }

    private static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
