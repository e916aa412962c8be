/**
 * Load on a server: clients that ask it all that it can be asked, for minutes, and check every line that it answers.
 * {@link dev.lamina.load.LoadCampaign} is the command; docs/load.md tells how it measures and what it checks.
 *
 * <pre>
 * LoadCampaign ──▶ ServerProcess, a server by itself
 *      └──▶ LoadRun ──▶ Client, one for each of many, and Pusher ──▶ Connection
 *                          ├──▶ Questions, what is asked, and Expectations, what the answer must be
 *                          └──▶ Latencies, Tally
 * </pre>
 */
@NullMarked
package dev.lamina.load;

import org.jspecify.annotations.NullMarked;
