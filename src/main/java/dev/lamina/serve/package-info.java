/**
 * A long-running chip behind HTTP: samples in, answers out line by line, and models that are swapped while it works.
 * The door is {@link dev.lamina.serve.ChipServer}; {@link dev.lamina.serve.ModelClient} is the other end of the line,
 * for pushing a model. docs/serve.md shows its use, docs/openapi.yaml lists every route.
 *
 * <p>Comes after {@code chip}; knows neither trainer nor energy nor report. It is the only package that knows Jetty
 * and Prometheus.
 *
 * <pre>
 * Jetty ──▶ FrontDoor ──▶ Guard, Routes, InFlight ──▶ Endpoint ──▶ Reply
 *                                                        ├──▶ AnswerStream ──▶ Chip
 *                                                        └──▶ ModelShelf ──▶ ModelFolder, Chip
 * </pre>
 *
 * <ul>
 *   <li><b>Bounds.</b> A request that takes work holds one of so many places ({@code InFlight}), and each of its
 *       samples one of so many permits ({@code SampleBudget}); one that changes the model holds a place of its own, of
 *       which there is one, so that no load keeps a trainer out. Who finds none is told to come again. Nothing waits in
 *       a queue of its own.
 *   <li><b>Slow readers.</b> An {@code AnswerStream} has a window of samples that are computed but not yet read. It
 *       writes on the request's own thread; while that waits for the reader, no sample of that request is given to
 *       the chip.
 *   <li><b>Complaints.</b> A {@code Refusal} has a status and one line: what is wrong, where, how to mend it.
 * </ul>
 */
@NullMarked
package dev.lamina.serve;

import org.jspecify.annotations.NullMarked;
