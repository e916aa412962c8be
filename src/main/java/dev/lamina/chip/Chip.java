package dev.lamina.chip;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A running chip: a spiking model as pipelines of layer actors. It runs samples until it is closed. Thread-safe; runs
 * that are started at the same time share the pipelines.
 */
public final class Chip implements AutoCloseable {

    private final ActorSystem<Guardian.Command> system;
    private final OpenRuns runs;
    private ModelVersion model;

    private Chip(ActorSystem<Guardian.Command> system, OpenRuns runs, ModelVersion model) {
        this.system = system;
        this.runs = runs;
        this.model = model;
        CompletionStage<Done> unused = system.getWhenTerminated().whenComplete((done, failure) -> runs.end());
    }

    /** Starts a chip. */
    public static Chip start(NetworkSynapses network, ChipSettings settings) {
        return start(network, settings, SpikeObserver.NONE);
    }

    /** Starts a chip whose spikes {@code observer} sees; it is called on the chip's threads, by several at once. */
    public static Chip start(NetworkSynapses network, ChipSettings settings, SpikeObserver observer) {
        return start(ModelVersion.first(network), settings, observer);
    }

    /** Starts a chip with a version of a model that others may follow. */
    public static Chip start(ModelVersion model, ChipSettings settings, SpikeObserver observer) {
        OpenRuns runs = new OpenRuns();
        return new Chip(
                ActorSystem.create(
                        Guardian.create(model, settings, observer, runs), "lamina", configuration(settings.threads())),
                runs,
                model);
    }

    /**
     * Puts another version of the model in the place of the one that runs. Samples under way are finished by the version that they
     * were begun with; those begun later are computed by this one, wholly. Nothing stands still meanwhile: all the work is
     * done when the version is laid out, before.
     *
     * @throws IllegalArgumentException if it is not newer, or does not fit the running network; it names the layer
     */
    public synchronized void swap(ModelVersion next) {
        model.objection(next).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        model = next;
        system.tell(new Guardian.Swap(next));
    }

    /**
     * Why a model can not take the running one's place, whatever its number; empty if it can. To be asked before a model of unknown
     * origin is laid out: a file of some hundred bytes may be a network of a hundred million neurons.
     */
    public synchronized Optional<String> objection(SpikingModel next) {
        return model.objection(next);
    }

    /** The version that samples are begun with. */
    public synchronized ModelVersion model() {
        return model;
    }

    /** Starts a run and returns at once. Where the chip ends before the run, or has ended, waiting for the run says so. */
    public RunHandle start(RunOrder order) {
        CompletableFuture<ActorRef<Run.Command>> run = new CompletableFuture<>();
        CompletableFuture<Integer> finished = new CompletableFuture<>();
        runs.add(finished);
        system.tell(new Guardian.Start(order, run, finished));
        return new RunHandle(run, finished);
    }

    /** Whether it runs: it does until it is closed, or until its clock fails, which leaves nothing to go on with. */
    public boolean running() {
        return !system.whenTerminated().isCompleted();
    }

    /** Stops all actors and waits until they are gone; who waits for a run that is not finished gets a {@link ChipException}. */
    @Override
    public void close() {
        runs.closing();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private static Config configuration(int threads) {
        // The reference configurations only: an application.conf on the class path is somebody else's.
        return ConfigFactory.parseMap(Map.of(
                        "akka.loglevel", "WARNING",
                        "akka.stdout-loglevel", "OFF",
                        "akka.log-dead-letters", "off",
                        "akka.jvm-exit-on-fatal-error", "off",
                        "akka.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                        "akka.actor.default-dispatcher.executor", "fork-join-executor",
                        "akka.actor.default-dispatcher.fork-join-executor.parallelism-min", threads,
                        "akka.actor.default-dispatcher.fork-join-executor.parallelism-max", threads))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }
}
