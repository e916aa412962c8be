package dev.lamina.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.energy.HardwareProfiles;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextReportTest {

    @Test
    void showsWhatWasRunAndWhatItCost() {
        assertEquals("""
                hand on toys (test): 4 samples, T = 2, poisson encoder, float32, seed 7
                model hand.safetensors, sha256 0123456789ab

                  layer       neurons  spikes/sample  firing rate  synops/sample  share of synops
                  ───────────────────────────────────────────────────────────────────────────────
                  input             4            5.0      62.50 %
                  hidden            3            3.0      50.00 %          250.0          83.33 %
                  out               2        readout                        50.0          16.67 %
                  all layers        5            3.0                       300.0

                  time step  accuracy
                  ───────────────────
                  1           50.00 %
                  2           75.00 %

                  energy/sample  synapses  neurons  traffic    total    the ANN  SNN : ANN
                  ────────────────────────────────────────────────────────────────────────
                  cmos45-fp32      270 pJ      0 J      0 J   270 pJ    82.8 pJ       3.26
                  loihi           7.08 nJ   810 pJ  13.6 pJ  7.90 nJ  no figure

                simulated in 0.5 s: 8 samples/s, 2.40 ksynops/s (burst 1)
                """, TextReport.render(Reports.report(false, 0.5)));
    }

    @Test
    void nothingDoneInNoTimeIsStillAReport() {
        String text = TextReport.render(Reports.report(Reports.tally(), true, 0));
        assertTrue(text.startsWith("hand on toys (test): 0 samples"), text);
        assertTrue(text.contains("simulated in 0.0 s: 0 samples/s, 0 synops/s"), text);
        assertFalse(text.contains("NaN") || text.contains("Infinity"), text);
    }

    @Test
    void withoutProfilesThereIsNoTableOfEnergies() {
        String text = TextReport.render(Reports.report(Reports.tally(1), false, 1, List.of()));
        assertFalse(text.contains("energy"), text);
        assertFalse(text.contains("\n\n\n"), text);
    }

    @Test
    void energyShowsThePartsThatSomeProfileHas() {
        SimulationReport arithmetic = Reports.report(Reports.tally(1), false, 1, List.of("cmos45-int8", "truenorth"));
        assertTrue(
                TextReport.render(arithmetic).contains("  energy/sample  synapses    total    the ANN  SNN : ANN\n"),
                TextReport.render(arithmetic));
        String all = TextReport.render(Reports.report(Reports.tally(1), false, 1, HardwareProfiles.NAMES));
        assertTrue(all.contains("energy/sample  synapses  neurons   memory  traffic    total    the ANN"), all);
        all.lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }
}
