package dev.lamina.load;

import java.time.Duration;
import java.util.Optional;

/**
 * A client: it asks, reads the whole answer, checks it, and asks again. One whose times are fixed asks when it is time, or at
 * once if that is over.
 */
final class Client implements Runnable {

    private static final Duration PACE = Duration.ofMillis(200);

    private final Load load;
    private final Kind kind;
    private final Questions questions;
    private final Reading reading;

    /** @param number tells it from the others: what it asks is drawn by it */
    Client(Load load, Kind kind, int number) {
        this.load = load;
        this.kind = kind;
        questions = new Questions(load.expectations(), number);
        reading = new Reading(load.expectations(), load.versions());
    }

    @Override
    public void run() {
        try (Caller caller = new Caller(load, kind)) {
            FixedTimes times = new FixedTimes(PACE);
            while (load.goesOn()) {
                Question question = questions.next(kind);
                long begin = kind == Kind.PACED ? times.await() : System.nanoTime();
                long oldest = load.versions().newest();
                caller.ask(question.bytes(), begin)
                        .ifPresentOrElse(answer -> check(answer, question, oldest), times::restart);
            }
        }
    }

    private void check(Answer answer, Question question, long oldest) {
        Optional<String> objection = reading.objection(answer.lines(), question.samples(), oldest);
        objection.ifPresent(text -> load.tally().error(kind + ": " + text));
        load.tally().samples(answer.lines().size());
    }
}
