package dev.lamina.io;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why the disk or the network refused, in words for a complaint's brackets. */
public final class Reason {

    private Reason() {}

    /** The reason of a failure: the system's where it gives one, in plain words where only the exception's type tells. */
    public static String of(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "no such host";
            }
        }
        if (e instanceof FileSystemException failure) {
            return ofFile(failure);
        }
        if (e instanceof ConnectException) {
            return "nothing answers there";
        }
        String message = e.getMessage();
        if (e instanceof HttpTimeoutException || e instanceof SocketTimeoutException) {
            return message == null || e instanceof HttpConnectTimeoutException ? "no answer in time" : message;
        }
        if (e instanceof EOFException && message == null) {
            return "it ends too early";
        }
        if (e.getClass() == IOException.class && message != null) {
            return message;
        }
        return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }

    private static String ofFile(FileSystemException e) {
        if (e.getReason() != null) {
            return e.getReason();
        }
        String file = e.getFile() == null ? "" : ": " + e.getFile();
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file is in its place" + file;
        }
        if (e instanceof NotDirectoryException) {
            return "not a folder" + file;
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "a folder that is not empty is in its place" + file;
        }
        return e.getClass().getSimpleName() + file;
    }
}
