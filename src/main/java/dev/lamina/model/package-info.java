/**
 * A trained network, in memory and on disk: weights, thresholds, and what they were made with. The doors are
 * {@link dev.lamina.model.Model} and {@link dev.lamina.model.ModelFile}.
 *
 * <p>Comes after {@code network} and {@code data}. The simulator, the trainer and all behind them may come in; this
 * package knows none of them, and of file formats only safetensors.
 */
@NullMarked
package dev.lamina.model;

import org.jspecify.annotations.NullMarked;
