package dev.lamina.report;

import dev.lamina.energy.Energy;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.energy.Workload;
import java.util.List;
import java.util.Optional;

/**
 * The report of a simulation.
 *
 * @param subject what was run
 * @param tally what it counted
 * @param profiles the hardware profiles to put the counts in joules with
 * @param annMacs multiply-accumulates of the ordinary network for a sample
 * @param analogInput whether the input events are analog, so that the first layer's synaptic operations multiply
 * @param wallSeconds how long the simulation took
 * @param classes the names of the classes
 * @param detail what was counted from the spikes themselves, if somebody asked for it
 */
public record SimulationReport(
        Subject subject,
        Tally tally,
        List<HardwareProfile> profiles,
        long annMacs,
        boolean analogInput,
        double wallSeconds,
        List<String> classes,
        Optional<RunDetail> detail) {

    /**
     * What was run.
     *
     * @param network the network's name
     * @param model the model file as it was given
     * @param modelSha256 the file's digest
     * @param dataset the data set
     * @param split the part of it
     * @param timesteps T
     * @param seed the seed
     * @param encoder the encoder
     * @param arithmetic the numbers that layers computed with
     * @param chip burst, credit, pipelines, threads and kernel, in words
     * @param command the command line
     * @param machine the processor, cores, system and Java, in words
     */
    public record Subject(
            String network,
            String model,
            String modelSha256,
            String dataset,
            String split,
            int timesteps,
            long seed,
            String encoder,
            String arithmetic,
            String chip,
            String command,
            String machine) {}

    /** The accuracy after the last time step, from 0 to 1. */
    public double accuracy() {
        double[] curve = tally.accuracyByTimestep();
        return curve[curve.length - 1];
    }

    /** How many of something there were each second; 0 if no time was measured. */
    public double perSecond(long count) {
        return wallSeconds > 0 ? count / wallSeconds : 0;
    }

    /** What each layer did for a sample, on average, as the profile sees it. */
    List<Workload> workloads(HardwareProfile profile) {
        return detail.map(known -> known.workloads(profile)).orElseGet(() -> tally.workloads(analogInput));
    }

    /** The energy of one sample, on average. */
    public Energy energyPerSample(HardwareProfile profile) {
        return profile.energy(workloads(profile));
    }

    /** The energy of the ordinary network for one sample, where the profile has a figure for it. */
    public Optional<Energy> annEnergy(HardwareProfile profile) {
        return profile.annEnergy(tally.workloads(analogInput));
    }
}
