/**
 * What fuzzing needs beside the parsers. A {@link dev.lamina.fuzz.FuzzTarget} stands in the package of its parser;
 * {@link dev.lamina.fuzz.FuzzTargets} lists them all. {@link dev.lamina.fuzz.FuzzProperty} says what must hold for each input,
 * {@link dev.lamina.fuzz.FuzzDriver} is what Jazzer calls, and {@link dev.lamina.fuzz.FuzzCampaign} runs Jazzer on one
 * target after the other. {@code docs/fuzzing.md} tells how.
 */
@NullMarked
package dev.lamina.fuzz;

import org.jspecify.annotations.NullMarked;
