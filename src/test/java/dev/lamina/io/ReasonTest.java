package dev.lamina.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReasonTest {

    @Test
    void systemSaysItItself() {
        assertEquals(
                "No space left on device", Reason.of(new FileSystemException("a", null, "No space left on device")));
        assertEquals("No space left on device", Reason.of(new IOException("No space left on device")));
    }

    @Test
    void typesOfFileTroubleAreWords() {
        assertEquals("permission denied", Reason.of(new AccessDeniedException("a")));
        assertEquals("no such file or folder", Reason.of(new NoSuchFileException("a")));
        assertEquals("a file is in its place: a", Reason.of(new FileAlreadyExistsException("a")));
        assertEquals("not a folder: a", Reason.of(new NotDirectoryException("a")));
        assertEquals("FileSystemLoopException: a", Reason.of(new FileSystemLoopException("a")));
        assertEquals("it ends too early", Reason.of(new EOFException()));
    }

    @Test
    void fileInTheWayIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        String message = String.valueOf(
                Assertions.assertThrows(InputException.class, () -> AtomicFile.write(file.resolve("a/b"), out -> {}))
                        .getMessage());
        Assertions.assertTrue(message.contains("(a file is in its place: " + file + ")"), message);
    }

    @Test
    void hostThatIsNotThereIsFoundAnywhereAmongTheCauses() {
        assertEquals("no such host", Reason.of(new UnknownHostException("nosuch.invalid")));
        assertEquals("no such host", Reason.of(new UnresolvedAddressException()));
        ConnectException first = new ConnectException();
        first.initCause(new ConnectException().initCause(new UnresolvedAddressException()));
        assertEquals("no such host", Reason.of(first));
    }

    @Test
    void typesOfNetworkTroubleAreWords() {
        assertEquals("nothing answers there", Reason.of(new ConnectException("Connection refused")));
        assertEquals("no answer in time", Reason.of(new HttpConnectTimeoutException("HTTP connect timed out")));
        assertEquals("no answer in time", Reason.of(new SocketTimeoutException()));
        assertEquals("no whole answer in 3 s", Reason.of(new HttpTimeoutException("no whole answer in 3 s")));
        assertEquals("SocketException Connection reset", Reason.of(new SocketException("Connection reset")));
        assertEquals("IllegalStateException", Reason.of(new IllegalStateException()));
    }
}
