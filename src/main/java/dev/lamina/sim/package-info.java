/**
 * The event-driven arithmetic of one layer, without actors: spike batches, synapses laid out for adding, neurons, and
 * exact counters. The doors are {@link dev.lamina.sim.LayerSimulator} for a layer and
 * {@link dev.lamina.sim.NetworkSimulator} for a whole network on one thread.
 *
 * <p>Comes after {@code network}, {@code data} and {@code model}. The chip's actors run it, the trainer may borrow it;
 * it knows neither of them.
 *
 * <h2>The contract of a time step</h2>
 *
 * For target neuron i of a projection at time step t, with the source spikes s (payload 1, or −1 or graded from an
 * encoder), in float32 arithmetic, each operation rounded by itself (no fused multiply-add):
 *
 * <ol>
 *   <li>Each source position and channel behind the average pool has the plain sum p of the payloads of its window,
 *       and each weight is scaled once, w' = w · (1/k²). Without a pool p is the payload and w' = w.
 *   <li>The potential starts from the residual of the step before, r[t−1]. The bias is added, if there is one, then
 *       w'·p for every source with p ≠ 0, one after the other, <em>in ascending order of source neuron index</em>, that
 *       is row by row, column by column, channel by channel. A path that also adds the terms with p = 0 gets the same
 *       values. The result is u[t].
 *   <li>The neuron fires, o[t] = 1, if u[t] &gt; v.
 *   <li>r[t] = λ·u[t] − v·o[t] (soft reset), or 0 after a spike and λ·u[t] else (hard reset). Before the first step
 *       r = λ·u[0].
 *   <li>The readout has no threshold, leak or reset: r[t] = u[t], and r = u[0] before the first step.
 * </ol>
 *
 * In fixed point the same holds but for what {@link dev.lamina.sim.FixedPoint} says; sums are exact there, in any order.
 *
 * <p>This is the paper's equations 2 to 5 with the order of additions fixed. Every path (scalar or vector, scatter,
 * gather or dense, any burst, any number of threads) gives the same bits; the scalar reference simulator in the tests says the
 * same in the plainest loops.
 */
@NullMarked
package dev.lamina.sim;

import org.jspecify.annotations.NullMarked;
