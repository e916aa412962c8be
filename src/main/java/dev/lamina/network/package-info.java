/**
 * What a network is: its layers, the shapes they pass on, the projections (bundles of synapses) between its
 * populations of neurons, and the model of a neuron. The door is {@link dev.lamina.network.Network}.
 *
 * <p>Everything here is an immutable value, safe to share between threads. Every other package may come in. This one
 * does no input or output and knows nothing of weights, samples, tensors or actors.
 *
 * <p>A network for a feed-forward spiking classifier alternates weight layers (convolution, linear) with average
 * pooling, dropout and flattening. Each weight layer but the last is followed by a population of spiking neurons (by
 * a ReLU in the ordinary network); the last feeds the readout, which only integrates. Pooling, dropout and flattening
 * have no neurons: {@link dev.lamina.network.Projection} folds them into the weight layer behind them.
 */
@NullMarked
package dev.lamina.network;

import org.jspecify.annotations.NullMarked;
