/**
 * The dense-tensor trainer: it trains the ordinary network (ANN) under the constraints that conversion needs, measures
 * it, balances thresholds, trains the spiking network by surrogate gradients, and runs spiking networks densely, step by
 * step, as the witness of the event-driven simulator. The doors are {@link dev.lamina.train.AnnTrainer},
 * {@link dev.lamina.train.AnnEvaluation}, {@link dev.lamina.train.ThresholdBalancing},
 * {@link dev.lamina.train.FineTuner} and {@link dev.lamina.train.DenseSimulation}.
 *
 * <p>Comes after {@code network}, {@code data}, {@code model} and {@code sim}. It is the only package that knows the
 * tensor library (PyTorch through JavaCPP); no tensor leaves it. It does not know {@code chip}; the command line is
 * where the two meet, and reports and benchmarks may come in as well.
 *
 * <p>The tensor library is loaded when the first tensor is made, not before: whoever only reads a
 * {@link dev.lamina.train.TrainingRecipe} does not pay for it. The process should be started with
 * {@code OPENBLAS_NUM_THREADS=1} in its environment. OpenBLAS otherwise keeps threads of its own beside those of
 * OpenMP, both sets fight for the same cores, and training a small network takes five times as long. It has to be an
 * environment variable because OpenBLAS reads it once, while it is being loaded.
 */
@NullMarked
package dev.lamina.train;

import org.jspecify.annotations.NullMarked;
