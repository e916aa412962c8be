package dev.lamina.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that may be slow, rude or wrong: what it sends and reads is up to the test. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();

    /** @param receiveBuffer bytes that the system takes from the server before anybody reads, about */
    RawClient(URI server, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    }

    RawClient(URI server) throws IOException {
        this(server, 1 << 16);
    }

    /** Sends text; line ends are written as '|'. */
    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends bytes as they are. */
    RawClient send(byte[] bytes, int from, int to) throws IOException {
        socket.getOutputStream().write(bytes, from, to - from);
        return this;
    }

    /** Sends a POST of JSON that ends the connection when it is answered. */
    RawClient post(String path, String json) throws IOException {
        return send("POST " + path + " HTTP/1.1|Host: localhost|Content-Type: application/json|Connection: close|"
                + "Content-Length: " + json.length() + "||" + json);
    }

    /** What the server sends until the head of its answer is over. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                break;
            }
            head.write(read);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** The head of the next answer, after what is left of the last. */
    String nextHead() throws IOException {
        String head = head();
        return head.substring(head.indexOf("HTTP/1.1"));
    }

    /** Asks until the server says that it is about to end. */
    void awaitDraining() throws IOException {
        String head = "";
        while (!head.startsWith("HTTP/1.1 503 ")) {
            send("GET /ready HTTP/1.1|Host: localhost||");
            head = nextHead();
        }
    }

    /** All that the server sends until it closes the connection. */
    String all() throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
