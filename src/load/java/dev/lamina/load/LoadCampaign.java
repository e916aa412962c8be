package dev.lamina.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts a load on a server for minutes and says what came of it.
 *
 * <p>Arguments: the folder for logs, the minutes, the clients, and options for the server's Java. The exit status is 1 if anything
 * went wrong but that requests were told to come again later (429).
 */
public final class LoadCampaign {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PUSH = Duration.ofSeconds(5);
    private static final int SAMPLES = 2000;

    private final ServerProcess server;
    private final int clients;
    private final Load load;
    private final AtomicLong end = new AtomicLong();
    private final List<Memory> memory = new ArrayList<>();
    private final List<String> objections = new ArrayList<>();

    private LoadCampaign(ServerProcess server, Expectations expectations, int clients) {
        this.server = server;
        this.clients = clients;
        load = Load.on(server.address(), expectations, () -> System.nanoTime() < end.get());
    }

    /** Runs a campaign. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int minutes = Integer.parseInt(args[1]);
        int clients = Integer.parseInt(args[2]);
        List<String> java = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
        java.addAll(List.of(args).subList(3, args.length));
        Expectations expectations = new Expectations(LoadRun.MODELS, SAMPLES);
        Path folder = Path.of(args[0]);
        try (ServerProcess server = ServerProcess.start(folder, java)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            LoadCampaign campaign = new LoadCampaign(server, expectations, clients);
            campaign.run(minutes);
            campaign.load.latencies().write(folder);
            System.exit(campaign.report() ? 0 : 1);
        }
    }

    private void run(int minutes) throws IOException, InterruptedException {
        say(
                "%d clients and a trainer, %d minutes after %d s for warming up; %d processors, Java %s",
                clients,
                minutes,
                WARM_UP.toSeconds(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        long begin = System.nanoTime() + WARM_UP.toNanos();
        end.set(begin + TimeUnit.MINUTES.toNanos(minutes));
        LoadRun run = new LoadRun(load, clients, PUSH);
        boolean alive = alive(begin - WARM_UP.toNanos() / 2);
        // The heap that a server begins with would pass for one that grows.
        Memory unused = server.memory();
        alive &= alive(begin);
        load.latencies().forget();
        memory.add(server.memory());
        say("warm: %s", memory.get(0));
        for (int minute = 1; alive && minute <= minutes; minute++) {
            alive = minute(minute, begin);
        }
        end.set(System.nanoTime());
        if (!alive) {
            objections.add("the server has ended by itself");
            return;
        }
        run.join();
        objections.addAll(new Books(server.address()).objections(load.tally()));
        int status = server.end();
        if (status != 0) {
            objections.add("the server ended with status " + status);
        }
    }

    /** Waits until a time by {@link System#nanoTime}; returns whether the server was there until then. */
    private boolean alive(long until) throws InterruptedException {
        return !server.endsWithin(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    }

    private boolean minute(int minute, long begin) throws IOException, InterruptedException {
        long before = load.tally().answers();
        boolean alive = alive(begin + TimeUnit.MINUTES.toNanos(minute));
        if (alive) {
            memory.add(server.memory());
        }
        long answers = load.tally().answers() - before;
        say(
                "minute %2d: %,d requests (%,d a second); so far %,d pushes, %,d times 429, %,d errors; %s",
                minute,
                answers,
                answers / TimeUnit.MINUTES.toSeconds(1),
                load.tally().answers(Kind.PUSH),
                load.tally().refusals(),
                load.tally().errors(),
                memory.get(memory.size() - 1));
        return alive;
    }

    private boolean report() {
        say("%n%s%n", load.latencies().table());
        say("| minute | resident, MB | heap after a collection, MB | threads |%n| ---: | ---: | ---: | ---: |");
        for (int minute = 0; minute < memory.size(); minute++) {
            Memory then = memory.get(minute);
            say("| %d | %,d | %,d | %d |", minute, then.resident(), then.heap(), then.threads());
        }
        Tally tally = load.tally();
        say(
                "%n%,d requests, %,d samples, each checked; %,d times 429, %,d errors",
                tally.answers(), tally.samples(), tally.refusals(), tally.errors());
        tally.messages().forEach(message -> say("ERROR %s", message));
        objections.forEach(objection -> say("ERROR %s", objection));
        return tally.errors() == 0 && objections.isEmpty();
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
