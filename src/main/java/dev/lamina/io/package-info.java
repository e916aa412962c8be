/**
 * How Lamina reads what people write and writes what it must not lose: the one-line complaint about bad input
 * ({@link dev.lamina.io.InputException}), the strict HOCON reader ({@link dev.lamina.io.Settings}), whole-or-nothing
 * files ({@link dev.lamina.io.AtomicFile}) and digests.
 *
 * <p>This is the lowest room of the house: every package may come in, and it knows none of them.
 */
@NullMarked
package dev.lamina.io;

import org.jspecify.annotations.NullMarked;
