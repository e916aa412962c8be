package dev.lamina.chip;

/**
 * From now on, compute samples that are begun with this version. To a stage it comes between two samples, and goes on to the next
 * stage, so that a pipeline without work does not hold an old version.
 */
record Adopt(ModelVersion model) implements Clock.Command, InputLayer.Command, SpikingLayer.Command {}
