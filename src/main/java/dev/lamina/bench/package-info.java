/**
 * How fast the simulator is: the event-driven run beside the dense one, each layer beside what the machine could do. The door
 * is {@link dev.lamina.bench.SpeedBenchmark}.
 *
 * <p>Comes after {@code train} and {@code chip}, both of which it runs, and before the command line. All comparisons are
 * of turns taken within one process, since machines differ, and differ from one minute to the next.
 */
@NullMarked
package dev.lamina.bench;

import org.jspecify.annotations.NullMarked;
