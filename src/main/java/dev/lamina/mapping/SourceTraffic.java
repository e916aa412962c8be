package dev.lamina.mapping;

/**
 * What a population has sent, over all samples.
 *
 * @param source its name; {@code input} for the input
 * @param spikes spikes
 * @param packets packets: one for each spike and each core with a target of it
 * @param hops links that the packets went over
 * @param localDeliveries packets that went over none, their target being on the core they come from
 */
public record SourceTraffic(String source, long spikes, long packets, long hops, long localDeliveries) {}
