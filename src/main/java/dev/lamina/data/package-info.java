/**
 * Samples and how they become events: readers for MNIST's IDX and CIFAR-10's binary files, the built-in drawn digits,
 * {@linkplain dev.lamina.data.Preprocessing preprocessing}, and the {@linkplain dev.lamina.data.Encoder encoders} on a
 * counter-based random generator. The door is {@link dev.lamina.data.Datasets}; {@link dev.lamina.data.Fetch} gets the
 * published files.
 *
 * <p>Comes after {@code network}, whose shapes it uses. It knows nothing of models, simulation, training or actors.
 */
@NullMarked
package dev.lamina.data;

import org.jspecify.annotations.NullMarked;
