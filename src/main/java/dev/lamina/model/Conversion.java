package dev.lamina.model;

/**
 * How thresholds were balanced.
 *
 * @param scale k, the factor on the largest weighted input seen; 1 is the baseline conversion
 * @param percentile which percentile of the weighted inputs stands for the largest; 100 is the maximum
 * @param timesteps the time steps of Poisson input that were looked at
 * @param samples the training samples that were looked at
 */
public record Conversion(double scale, double percentile, int timesteps, int samples) {}
