package dev.lamina.chip;

import org.jspecify.annotations.Nullable;

/** A run that the chip could not finish. */
public final class ChipException extends RuntimeException {

    ChipException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
