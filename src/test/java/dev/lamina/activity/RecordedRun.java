package dev.lamina.activity;

import dev.lamina.model.SpikingModel;
import dev.lamina.network.Network;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSimulator;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.RandomModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Samples of a random model: what the simulator counted, and their spikes. */
record RecordedRun(SpikingModel model, List<Inference> inferences, List<SampleSpikes> spikes) {

    static final int TIMESTEPS = 6;

    static RecordedRun of(long seed, int... samples) {
        SpikingModel model = RandomModels.model(seed);
        NetworkSynapses network = NetworkSynapses.of(model, Kernels.fastest());
        NetworkSimulator simulator = new NetworkSimulator(network, 4);
        SpikeCollector collector = new SpikeCollector(network.spikingLayers());
        List<Inference> inferences = new ArrayList<>();
        List<SampleSpikes> spikes = new ArrayList<>();
        for (int sample : samples) {
            float[] values = RandomModels.sample(model, seed + sample);
            inferences.add(simulator.run(values, seed, sample, TIMESTEPS, collector));
            spikes.add(collector.take(sample));
        }
        return new RecordedRun(model, inferences, spikes);
    }

    Network network() {
        return model.network();
    }

    void record(Path file, List<String> populations) {
        SpikeRecording recording = SpikeRecording.open(file, network(), populations, sample -> true);
        spikes.forEach(recording::add);
        recording.close();
    }
}
