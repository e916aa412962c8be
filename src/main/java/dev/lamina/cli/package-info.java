/**
 * The command line, where trainer and chip meet. The door is {@link dev.lamina.cli.Main}; nobody else comes in.
 *
 * <p>Results go to standard output; progress and complaints go to standard error. Exit status 0 says done, 1 failed,
 * 2 wrong usage or configuration.
 */
@NullMarked
package dev.lamina.cli;

import org.jspecify.annotations.NullMarked;
