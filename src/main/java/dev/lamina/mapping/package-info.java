/**
 * A network on the cores of a chip: which core holds which neurons, what its links carry and how long a time step takes. The doors
 * are {@link dev.lamina.mapping.Mesh}, what the hardware offers, {@link dev.lamina.mapping.Placement}, the network laid out on it,
 * and {@link dev.lamina.mapping.Traffic}, which routes the spikes of samples and sums up to a {@link dev.lamina.mapping.MeshLoad}.
 *
 * <p>Comes after {@code activity} and before {@code energy} and {@code report}; knows neither the chip nor the trainer. The model
 * and its limits are told in docs/mapping.md.
 */
@NullMarked
package dev.lamina.mapping;

import org.jspecify.annotations.NullMarked;
