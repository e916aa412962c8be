/**
 * Where a network's neurons and synapses would lie on a mesh of neuromorphic cores, and what its packets would do there. The doors
 * are {@code Mesh}, what the hardware offers, {@code Placement}, what lies where, and {@code Traffic}, what moved.
 *
 * <p>Comes after {@code activity} and before {@code energy}.
 */
@NullMarked
package dev.lamina.mapping;

import org.jspecify.annotations.NullMarked;
