/**
 * The neuromorphic chip: layers as actors that exchange spike batches under one global clock. The door is
 * {@link dev.lamina.chip.Chip}; all else is private to the room.
 *
 * <p>Comes after {@code sim}, whose simulators its actors run. It is the only package that knows Akka, and it does not
 * know the trainer.
 *
 * <pre>
 * Run ──Submit──▶ Clock ──Tick──▶ InputLayer ──Spikes──▶ SpikingLayer ──Spikes──▶ … ──▶ Readout ──▶ Clock
 *                       (such a pipeline, once or several times, each under a Pipeline; all under Guardian)
 * </pre>
 *
 * <ul>
 *   <li><b>Pipelines.</b> A layer is one actor, so a pipeline is as fast as its slowest layer. A chip has several, over
 *       the same synapses, so that all threads have work. The one clock gives each sample to one of them, wholly, and
 *       keeps a {@code Lane} of state for each. {@code Run} puts their results in order, and never has so many samples
 *       out that results pile up behind a slow one.
 *   <li><b>Order.</b> Every batch of time steps is stamped (pass of a sample, pipeline, attempt, first time step). Akka keeps
 *       the order between two actors, so a layer sees the time steps of a sample, and the samples, one after the other.
 *       A batch without spikes is sent as any other: it is how silent time passes.
 *   <li><b>Credit.</b> The clock has at most {@code credit} batches in flight in each pipeline, so no mailbox of a stage
 *       grows beyond that, and layers work on different time steps at once. Samples follow each other without
 *       draining the pipeline.
 *   <li><b>Reuse.</b> Each stage owns {@code credit} spike batches and fills them in turn. A batch is free again when
 *       its turn comes: the clock admits batch n only after it heard that batch n − credit left the readout.
 *   <li><b>Failure.</b> When a stage fails, its pipeline stops all stages, builds new ones from the model, and the clock
 *       runs the samples that were in flight in it again under a new attempt number. Other pipelines go on. What the
 *       dying stages still say is known by their old number and ignored, so each sample is reported once, and as if
 *       nothing had happened. A pipeline that hangs can not be stopped: its samples are run elsewhere, under the number of a new
 *       pass, and what it says of the old ones when it comes back only gives its credit back.
 * </ul>
 */
@NullMarked
package dev.lamina.chip;

import org.jspecify.annotations.NullMarked;
