package dev.lamina.report;

import dev.lamina.activity.LayerActivity;
import dev.lamina.activity.OperationCounts;
import dev.lamina.activity.RasterView;
import dev.lamina.activity.RunActivity;
import dev.lamina.activity.SampleSpikes;
import dev.lamina.data.Encoder;
import dev.lamina.energy.HardwareProfile;
import dev.lamina.energy.Workload;
import dev.lamina.mapping.MeshLoad;
import dev.lamina.mapping.SourceTraffic;
import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import dev.lamina.sim.Inference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a report in full knows beyond a {@link Tally}: everything that is counted from the spikes themselves. Takes samples in the order
 * of the run; what it holds does not grow with them. For one thread.
 */
public final class RunDetail {

    /** A raster plot of more neurons is a grey wall. */
    private static final int RASTER_NEURONS = 200;

    private final SpikingModel model;
    private final int timesteps;
    private final int rasterSample;
    private final RunActivity activity;
    private final List<MappedProfile> mapped;
    private Optional<RasterView> raster = Optional.empty();
    /** What was summed up since the last sample: the energy of each time step asks for it anew. */
    private List<LayerActivity> layers = List.of();

    private final Map<HardwareProfile, MeshLoad> loads = new HashMap<>();

    /**
     * Nothing known yet.
     *
     * @param model the model that runs
     * @param timesteps T
     * @param profiles the hardware profiles; the network is placed on the cores of those that have some
     * @param exitMargin the margin of the readout to stop at early, if one was chosen
     * @param rasterSample the sample whose spikes are shown
     */
    public RunDetail(
            SpikingModel model,
            int timesteps,
            List<HardwareProfile> profiles,
            OptionalDouble exitMargin,
            int rasterSample) {
        this.model = model;
        this.timesteps = timesteps;
        this.rasterSample = rasterSample;
        activity = new RunActivity(model, timesteps, exitMargin);
        mapped = profiles.stream()
                .flatMap(profile ->
                        profile.mesh().stream().map(mesh -> MappedProfile.of(model.network(), profile, mesh)))
                .toList();
    }

    /** Takes a sample whose true class is {@code label}. */
    public void add(SampleSpikes spikes, Inference inference, int label) {
        layers = List.of();
        loads.clear();
        activity.add(spikes, inference, label);
        mapped.forEach(profile -> profile.traffic().ifPresent(traffic -> traffic.add(spikes)));
        if (spikes.sample() == rasterSample) {
            raster = Optional.of(RasterView.of(model.network(), spikes, label, inference.prediction(), RASTER_NEURONS));
        }
    }

    /** What was counted. */
    RunActivity activity() {
        return activity;
    }

    /** The spikes of the sample to show, if it was run. */
    Optional<RasterView> raster() {
        return raster;
    }

    /** The network on the cores of those profiles that have some. */
    List<MappedProfile> mapped() {
        return mapped;
    }

    private List<LayerActivity> layers() {
        if (layers.isEmpty()) {
            layers = activity.layers();
        }
        return layers;
    }

    /** What each layer did for a sample, on average; packets and hops are those on the profile's mesh if the network fits it. */
    List<Workload> workloads(HardwareProfile profile) {
        List<OperationCounts> totals =
                layers().stream().map(LayerActivity::total).toList();
        return workloads(profile, totals, activity.samples(), timesteps);
    }

    /**
     * The same for part of what was done.
     *
     * @param counts by layer, what counts; of each layer's packets as many are taken as of its events
     * @param samples of how many samples
     * @param steps time steps a sample
     */
    List<Workload> workloads(HardwareProfile profile, List<OperationCounts> counts, int samples, double steps) {
        Optional<MeshLoad> mesh = mapped.stream()
                .filter(one -> one.profile().equals(profile))
                .flatMap(one -> one.traffic().stream())
                .map(traffic -> loads.computeIfAbsent(profile, unused -> traffic.load()))
                .findFirst();
        double each = Math.max(1, samples);
        List<Workload> workloads = new ArrayList<>();
        for (int layer = 0; layer < counts.size(); layer++) {
            Projection projection = model.network().projections().get(layer);
            OperationCounts count = counts.get(layer);
            boolean analog = layer == 0 && model.encoder() == Encoder.DIRECT;
            double share = count.events()
                    / (double) Math.max(1, layers().get(layer).total().events());
            int source = layer;
            Optional<SourceTraffic> sent = mesh.map(load -> load.sources().get(source));
            workloads.add(new Workload(
                    projection.name(),
                    Tally.size(projection),
                    steps,
                    analog ? 0 : count.synops() / each,
                    analog ? count.synops() / each : 0,
                    count.neuronUpdates() / each,
                    count.touched() / each,
                    count.events() / each,
                    count.spikes() / each,
                    sent.map(traffic -> traffic.packets() * share).orElse((double) count.events()) / each,
                    sent.map(traffic -> traffic.hops() * share).orElse(0.0) / each));
        }
        return workloads;
    }
}
