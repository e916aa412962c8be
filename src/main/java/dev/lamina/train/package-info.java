/** The trainer. */
@NullMarked
package dev.lamina.train;

import org.jspecify.annotations.NullMarked;
