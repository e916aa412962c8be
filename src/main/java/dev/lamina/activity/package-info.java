/**
 * What the spikes of a run were: collected sample by sample while the chip runs, then counted layer by layer and time step by time
 * step, recorded, or routed. The doors are {@link dev.lamina.activity.SpikeCollector}, which watches a chip, and
 * {@link dev.lamina.activity.SampleSpikes}, which it hands on.
 *
 * <p>Comes after {@code sim} and before {@code mapping}, {@code energy} and {@code report}; knows neither the chip nor the trainer.
 */
@NullMarked
package dev.lamina.activity;

import org.jspecify.annotations.NullMarked;
