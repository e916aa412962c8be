/**
 * What a simulation has found, for people and for programs: exact sums over its samples, a text table and a JSON
 * document. The door is {@link dev.lamina.report.SimulationReport}.
 *
 * <p>Comes after {@code sim} and {@code energy}, whose counts and profiles it joins; only the command line comes after
 * it. It knows neither the chip nor the trainer.
 */
@NullMarked
package dev.lamina.report;

import org.jspecify.annotations.NullMarked;
