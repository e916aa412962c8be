package dev.lamina.activity;

import dev.lamina.model.SpikingModel;
import dev.lamina.network.Projection;
import dev.lamina.sim.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Counts what the samples of a run did, layer by layer and time step by time step. Takes each sample's spikes and result, in the
 * order of the run; what it holds does not grow with the samples. For one thread.
 */
public final class RunActivity {

    private final SpikingModel model;
    private final int timesteps;
    private final List<ProjectionCounter> projections = new ArrayList<>();
    private final List<PopulationCounter> populations = new ArrayList<>();
    private final List<StepCounts> sums = new ArrayList<>();
    private final ExitCurve exits;
    private final boolean exitChosen;
    private final long[][] confusion;
    private int samples;

    /**
     * A run of nothing yet.
     *
     * @param model the model that runs
     * @param timesteps T
     * @param exitMargin the margin to stop at early, if one was chosen
     */
    public RunActivity(SpikingModel model, int timesteps, OptionalDouble exitMargin) {
        this.model = model;
        this.timesteps = timesteps;
        for (Projection projection : model.network().projections()) {
            int layer = projections.size();
            int neurons = projection.target().size();
            projections.add(new ProjectionCounter(projection, model.weights().tensor(layer)));
            populations.add(new PopulationCounter(neurons, timesteps));
            sums.add(new StepCounts(neurons, timesteps));
        }
        exits = new ExitCurve(projections.size(), exitMargin);
        exitChosen = exitMargin.isPresent();
        int classes = model.network().output().size();
        confusion = new long[classes][classes];
    }

    /** Counts a sample whose true class is {@code label}. */
    public void add(SampleSpikes spikes, Inference inference, int label) {
        List<OperationCounts[]> cumulative = new ArrayList<>();
        for (int layer = 0; layer < projections.size(); layer++) {
            StepCounts counts = new StepCounts(
                    model.network().projections().get(layer).target().size(), timesteps);
            for (int tick = 0; tick < timesteps; tick++) {
                projections.get(layer).count(spikes.into(layer), tick, counts);
            }
            if (!readout(layer)) {
                populations.get(layer).count(spikes.outOf(layer), counts);
            }
            sums.get(layer).add(counts);
            cumulative.add(counts.cumulative(1));
        }
        exits.add(inference.decisions(), label, cumulative);
        confusion[label][inference.prediction()]++;
        samples++;
    }

    private boolean readout(int layer) {
        return layer == projections.size() - 1;
    }

    /** The samples counted. */
    public int samples() {
        return samples;
    }

    /** What each layer did, the readout last. */
    public List<LayerActivity> layers() {
        List<LayerActivity> layers = new ArrayList<>();
        for (int layer = 0; layer < projections.size(); layer++) {
            StepCounts sum = sums.get(layer);
            layers.add(new LayerActivity(
                    model.network().projections().get(layer).name(),
                    sum.cumulative(samples),
                    sum.synops.clone(),
                    sum.spikes.clone(),
                    readout(layer)
                            ? Optional.empty()
                            : Optional.of(populations.get(layer).rates())));
        }
        return layers;
    }

    /** By true and predicted class, how many samples. */
    public long[][] confusion() {
        long[][] copy = new long[confusion.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = confusion[i].clone();
        }
        return copy;
    }

    /** What stopping early gives, by ascending margin; empty if nothing was counted. */
    public List<EarlyExit> exits() {
        return exits.exits();
    }

    /** What stopping early at the chosen margin gives. */
    public Optional<EarlyExit> exit() {
        return exitChosen ? Optional.of(exits.exit()) : Optional.empty();
    }

    /** NeuroBench's figures of the run. */
    public NeuroBenchFigures neuroBench() {
        long parameters = 0;
        long weights = 0;
        long zeros = 0;
        long outputs = 0;
        long spikes = 0;
        double macs = 0;
        double acs = 0;
        double dense = 0;
        List<LayerActivity> layers = layers();
        for (int layer = 0; layer < projections.size(); layer++) {
            float[] tensor = model.weights().tensor(layer);
            weights += tensor.length;
            zeros += EffectiveOperations.zeros(tensor);
            float[] thresholds = model.populations().get(layer).thresholds();
            parameters += tensor.length + (thresholds == null ? 0 : thresholds.length);
            EffectiveOperations effective = projections.get(layer).effective();
            macs += effective.multiplyAccumulates();
            acs += effective.accumulates();
            dense += effective.dense();
            if (!readout(layer)) {
                OperationCounts total = layers.get(layer).total();
                outputs += total.neuronUpdates();
                spikes += total.spikes();
            }
        }
        int each = Math.max(1, samples);
        return new NeuroBenchFigures(
                parameters * Float.BYTES,
                (double) zeros / weights,
                outputs == 0 ? 1 : 1 - (double) spikes / outputs,
                macs / each,
                acs / each,
                dense / each);
    }
}
