/**
 * The neuromorphic chip: layers as actors that exchange spike batches under one global clock. The door is
 * {@link dev.lamina.chip.Chip}; all else is private to the room.
 *
 * <p>Comes after {@code sim}, whose simulators its actors run. It is the only package that knows Akka, and it does not
 * know the trainer.
 *
 * <pre>
 * Run ──Submit──▶ Clock ──Tick──▶ InputLayer ──Spikes──▶ SpikingLayer ──Spikes──▶ … ──▶ Readout ──▶ Clock
 *                         (all under Guardian: start, supervise, stop)
 * </pre>
 *
 * <ul>
 *   <li><b>Order.</b> Every batch of time steps is stamped (sample, attempt, first time step). Akka keeps the order
 *       between two actors, so a layer sees the time steps of a sample, and the samples, one after the other. A batch
 *       without spikes is sent as any other: it is how silent time passes.
 *   <li><b>Credit.</b> The clock has at most {@code credit} batches in flight between the encoder and itself, so no
 *       mailbox grows beyond that, and layers work on different time steps at once. Samples follow each other without
 *       draining the pipeline.
 *   <li><b>Reuse.</b> Each stage owns {@code credit} spike batches and fills them in turn. A batch is free again when
 *       its turn comes: the clock admits batch n only after it heard that batch n − credit left the readout.
 *   <li><b>Failure.</b> When a stage fails, the guardian stops the pipeline, builds a new one from the model, and the
 *       clock runs the samples in flight again under a new attempt number. What a dying pipeline still says is known
 *       by its old number and ignored, so each sample is reported once, and as if nothing had happened.
 * </ul>
 */
@NullMarked
package dev.lamina.chip;

import org.jspecify.annotations.NullMarked;
