package dev.lamina.chip;

/**
 * A sample that broke the chip's layers each time it was tried, and is not tried again.
 *
 * @param sample the sample's index
 * @param attempts how often it was tried
 * @param cause what the last attempt died of
 */
public record GivenUpSample(int sample, int attempts, Throwable cause) {}
