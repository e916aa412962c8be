/**
 * From counts to energy: what a layer's work would cost on a named piece of hardware, by what takes it. The doors are
 * {@link dev.lamina.energy.HardwareProfiles} and {@link dev.lamina.energy.Workload}; {@code docs/energy.md} has the formulas.
 *
 * <p>Comes after {@code sim}, {@code train} and {@code chip} and before {@code report}, but knows none of them: counts
 * come in as plain numbers. Everything here is an immutable value, safe to share between threads.
 */
@NullMarked
package dev.lamina.energy;

import org.jspecify.annotations.NullMarked;
