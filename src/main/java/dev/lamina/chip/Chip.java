package dev.lamina.chip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.SpikeObserver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A running chip: a spiking model as pipelines of layer actors. It runs samples until it is closed. Thread-safe; runs
 * that are started at the same time share the pipelines.
 */
public final class Chip implements AutoCloseable {

    private final ActorSystem<Guardian.Command> system;
    private ModelVersion model;

    private Chip(ActorSystem<Guardian.Command> system, ModelVersion model) {
        this.system = system;
        this.model = model;
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
        return new Chip(
                ActorSystem.create(
                        Guardian.create(model, settings, observer), "lamina", configuration(settings.threads())),
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
        objection(next).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        model = next;
        system.tell(new Guardian.Swap(next));
    }

    /** Why {@link #swap} would refuse a version now; empty if it would not. */
    public synchronized Optional<String> objection(ModelVersion next) {
        return model.objection(next);
    }

    /** The version that samples are begun with. */
    public synchronized ModelVersion model() {
        return model;
    }

    /** Starts a run and returns at once. */
    public RunHandle start(RunOrder order) {
        CompletableFuture<ActorRef<Run.Command>> run = new CompletableFuture<>();
        CompletableFuture<Integer> finished = new CompletableFuture<>();
        system.tell(new Guardian.Start(order, run, finished));
        return new RunHandle(run, finished);
    }

    /** Whether it runs: it does until it is closed, or until its clock fails, which leaves nothing to go on with. */
    public boolean running() {
        return !system.whenTerminated().isCompleted();
    }

    /** Stops all actors and waits until they are gone; runs that are not finished never will be. */
    @Override
    public void close() {
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
