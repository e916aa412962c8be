package dev.lamina.serve;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** What a server has done, for Prometheus. Thread-safe. */
final class Metrics {

    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests;
    private final Histogram requestSeconds;
    private final Histogram sampleSeconds;
    private final Counter answered;
    private final Counter givenUp;
    private final Counter swaps;
    private final Counter refusedSwaps;
    private final AtomicInteger inChip = new AtomicInteger();

    /**
     * Nothing done yet.
     *
     * @param inFlight tells the requests in flight
     * @param version tells the version of the model
     */
    Metrics(LongSupplier inFlight, LongSupplier version) {
        requests = Counter.builder()
                .name("lamina_requests_total")
                .help("Requests, by endpoint and HTTP status (499: the client went away)")
                .labelNames("endpoint", "status")
                .register(registry);
        requestSeconds = Histogram.builder()
                .name("lamina_request_seconds")
                .help("Time from a request's headers to the end of its answer, by endpoint")
                .labelNames("endpoint")
                .classicOnly()
                .classicUpperBounds(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600)
                .register(registry);
        sampleSeconds = Histogram.builder()
                .name("lamina_sample_seconds")
                .help("Time from when a sample is given to the chip to its answer")
                .classicOnly()
                .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .register(registry);
        answered = counter("lamina_samples_answered_total", "Samples that the chip has answered");
        givenUp = counter("lamina_samples_given_up_total", "Samples that the chip has given up");
        swaps = counter("lamina_model_swaps_total", "Models put in the place of another");
        refusedSwaps = counter("lamina_model_swaps_refused_total", "Models that were refused");
        gauge("lamina_samples_in_flight", "Samples in the chip", inChip::get);
        gauge("lamina_requests_in_flight", "Requests that are worked on", inFlight);
        gauge("lamina_model_version", "The version of the model that runs", version);
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    /** A request was answered, but for the end of a stream. */
    void request(String endpoint, int status, long nanos) {
        requests.labelValues(endpoint, Integer.toString(status)).inc();
        requestSeconds.labelValues(endpoint).observe(nanos / 1e9);
    }

    void sampleBegun() {
        inChip.incrementAndGet();
    }

    void sampleAnswered(long nanos) {
        inChip.decrementAndGet();
        answered.inc();
        sampleSeconds.observe(nanos / 1e9);
    }

    void sampleGivenUp() {
        inChip.decrementAndGet();
        givenUp.inc();
    }

    void swapped() {
        swaps.inc();
    }

    void swapRefused() {
        refusedSwaps.inc();
    }

    /** All of it, in Prometheus's text format. */
    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            WRITER.write(out, registry.scrape());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    static String type() {
        return WRITER.getContentType();
    }
}
