/**
 * A run as a page to look at: the figures that a simulation wrote as JSON, put into words, tables and charts, in one HTML file
 * without need of a network, with the same charts as SVG and the same figures as CSV; and runs side by side. The doors are
 * {@link dev.lamina.report.html.RunReport} and {@link dev.lamina.report.html.RunComparison}.
 *
 * <p>It reads the JSON document only, so that a report can be made long after its run. Charts are trees of ECharts options,
 * built once: the page's script shows them, and {@link dev.lamina.report.html.ChartEngine} draws them into files.
 */
@NullMarked
package dev.lamina.report.html;

import org.jspecify.annotations.NullMarked;
