/**
 * From counts to energy: what synaptic operations and neuron updates would cost on a named piece of hardware. The door
 * is {@link dev.lamina.energy.HardwareProfiles}.
 *
 * <p>Comes after {@code sim}, {@code train} and {@code chip} and before {@code report}, but knows none of them: counts
 * come in as plain numbers. Everything here is an immutable value, safe to share between threads.
 */
@NullMarked
package dev.lamina.energy;

import org.jspecify.annotations.NullMarked;
