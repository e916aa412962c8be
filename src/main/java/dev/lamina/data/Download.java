package dev.lamina.data;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/*
 * HttpClient limits the time until the headers are there, but not the time that a body may stall. So a watchdog closes
 * the stream when a read takes too long, which wakes the reader.
 */
/** Gets a published file over HTTP, whole and with the right digest or not at all. For one thread; to be closed. */
final class Download implements AutoCloseable {

    private final HttpClient client;
    private final Duration patience;
    private final ScheduledThreadPoolExecutor watchdog;

    /**
     * @param patience how long the server may take to connect, to answer, and between any two pieces of the body
     */
    Download(Duration patience) {
        this.patience = patience;
        client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "download-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /**
     * Gets the file at {@code address} into {@code folder}.
     *
     * @throws InputException if that fails, naming the address; the folder is then as it was
     */
    void get(URI address, PublishedFile file, Path folder, Fetch.Progress progress) {
        AtomicFile.write(folder.resolve(file.name()), out -> {
            MessageDigest digest = Sha256.digest();
            try (InputStream in = open(address)) {
                copy(in, out, digest, address, file, progress);
            }
            if (!Sha256.hex(digest).equals(file.sha256())) {
                throw failed(address, "the file has not the right digest", "it is damaged or was changed; try again");
            }
        });
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }

    private InputStream open(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(patience).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw failed(
                        address,
                        "the server answered " + response.statusCode(),
                        "try again later, or get the file by other means");
            }
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw broken(address, "cannot reach the server", e);
        }
    }

    private void copy(
            InputStream in,
            OutputStream out,
            MessageDigest digest,
            URI address,
            PublishedFile file,
            Fetch.Progress progress)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        long done = 0;
        progress.advance(file.name(), 0, file.bytes());
        for (int n = read(in, buffer, address); n >= 0; n = read(in, buffer, address)) {
            done += n;
            if (done > file.bytes()) {
                throw failed(
                        address, "more than " + file.bytes() + " bytes", "this is not the file that was published");
            }
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
            progress.advance(file.name(), done, file.bytes());
        }
    }

    private int read(InputStream in, byte[] buffer, URI address) {
        AtomicBoolean stalled = new AtomicBoolean();
        ScheduledFuture<?> alarm = watchdog.schedule(
                () -> {
                    stalled.set(true);
                    closeQuietly(in);
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            int n = in.read(buffer);
            if (n < 0 && stalled.get()) {
                throw stalled(address);
            }
            return n;
        } catch (IOException e) {
            throw stalled.get() ? stalled(address) : broken(address, "the connection broke", e);
        } finally {
            alarm.cancel(false);
        }
    }

    private InputException stalled(URI address) {
        return failed(address, "the server sent nothing for " + patience.toSeconds() + " s", "try again later");
    }

    private static InputException failed(URI address, String what, String mend) {
        return InputException.file(what, address.toString(), mend);
    }

    private static InputException broken(URI address, String what, Exception cause) {
        if (Thread.currentThread().isInterrupted() || cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return InputException.file("the download was stopped", address.toString(), "start it again", cause);
        }
        return InputException.file(
                what, address.toString(), "check the network and try again (" + Reason.of(cause) + ")", cause);
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // The reader finds out.
        }
    }
}
