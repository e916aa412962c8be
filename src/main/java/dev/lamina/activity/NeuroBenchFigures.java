package dev.lamina.activity;

/**
 * The figures of a run by NeuroBench's definitions (Yik et al., The NeuroBench framework, Nature Communications 16, 2025).
 *
 * @param footprint bytes of weights and thresholds in float32
 * @param connectionSparsity the share of weights that are zero
 * @param activationSparsity the share of the spiking neurons' outputs, over all time steps, that are zero
 * @param effectiveMacs multiply-accumulates a sample: input values other than 0 times weights other than 0, in the calls of layers whose
 *     input is not all -1, 0 or 1, as behind an average pool
 * @param effectiveAcs accumulates a sample: the same in all other calls
 * @param dense operations a sample if neither inputs nor weights were zero
 */
public record NeuroBenchFigures(
        long footprint,
        double connectionSparsity,
        double activationSparsity,
        double effectiveMacs,
        double effectiveAcs,
        double dense) {}
