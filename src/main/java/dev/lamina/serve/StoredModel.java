package dev.lamina.serve;

import java.nio.file.Path;

/**
 * A version of the model as a file.
 *
 * @param number greater than that of any version before
 * @param sha256 the file's digest, in hexadecimal
 * @param bytes the file's size
 * @param file where it is; it may be gone once two versions have followed
 */
public record StoredModel(long number, String sha256, long bytes, Path file) {}
