package dev.lamina.serve;

import dev.lamina.data.Preprocessing;
import dev.lamina.model.SpikingModel;
import dev.lamina.serve.AnswerStream.Flying;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What runs samples: those that a client sends, and those of the data set. Thread-safe. */
final class SampleEndpoints {

    /**
     * What a request gets that does not say.
     *
     * @param timesteps T; the model's own if absent
     * @param seed the seed
     */
    record Defaults(OptionalInt timesteps, long seed) {}

    private final Work work;
    private final ServedData data;
    private final Defaults defaults;
    private final Limits limits;
    private final SampleBudget budget;
    private final InFlight inFlight;

    SampleEndpoints(Work work, ServedData data, Defaults defaults, Limits limits, InFlight inFlight) {
        this.work = work;
        this.data = data;
        this.defaults = defaults;
        this.limits = limits;
        this.budget = new SampleBudget(limits.samples());
        this.inFlight = inFlight;
    }

    Reply samples(Exchange exchange) {
        try (SampleBudget.Share share = budget.share()) {
            SamplesRequest request = SamplesRequest.read(
                    exchange.body(Reply.JSON, true, limits.bodyBytes()),
                    data.dataset().shape().size(),
                    limits.timesteps(),
                    share);
            IntFunction<Sample> samples = i -> new Sample(
                    request.samples().get(i).index(),
                    data.values(request.samples().get(i).pixels(), preprocessing()));
            answer(exchange, request.samples().size(), samples, sample -> OptionalInt.empty(), request.settings());
        }
        return Reply.STREAMED;
    }

    Reply runs(Exchange exchange) {
        RunsRequest request =
                RunsRequest.read(exchange.body(Reply.JSON, true, limits.bodyBytes()), data, limits.timesteps());
        try (SampleBudget.Share share = budget.share()) {
            share.take(Math.min(request.count(), window()));
            IntFunction<Sample> samples =
                    i -> new Sample(request.first() + i, preprocessing().apply(data.dataset(), request.first() + i));
            IntFunction<OptionalInt> label =
                    sample -> OptionalInt.of(data.dataset().label(sample));
            answer(exchange, request.count(), samples, label, request.settings());
        }
        return Reply.STREAMED;
    }

    /** T of a request that does not say. */
    int timesteps() {
        return defaults.timesteps().orElse(model().timesteps());
    }

    /** The seed of a request that does not say. */
    long seed() {
        return defaults.seed();
    }

    private record Sample(int index, float[] values) {}

    private void answer(
            Exchange exchange,
            int count,
            IntFunction<Sample> samples,
            IntFunction<OptionalInt> label,
            RunSettings settings) {
        int timesteps = settings.timesteps().orElse(timesteps());
        long seed = settings.seed().orElse(seed());
        Iterator<Flying> flying = IntStream.range(0, count)
                .mapToObj(i -> {
                    Sample sample = samples.apply(i);
                    return new Flying(sample.index(), work.begin(sample.index(), sample.values(), timesteps, seed));
                })
                .iterator();
        exchange.begin(AnswerLine.TYPE);
        AnswerLine line = new AnswerLine(label, settings.byTimestep());
        new AnswerStream(exchange::write, exchange::left, line, window(), inFlight, work.chip()::running).run(flying);
    }

    private int window() {
        return Math.min(limits.window(), limits.samples());
    }

    /** It is the same whatever the version: a model with another is refused. */
    private Preprocessing preprocessing() {
        return model().preprocessing();
    }

    private SpikingModel model() {
        return work.chip().model().network().model();
    }
}
