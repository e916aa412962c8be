package dev.lamina.chip;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.model.ModelFile;
import dev.lamina.model.SpikingModel;
import dev.lamina.sim.Arithmetic;
import dev.lamina.sim.FixedReferenceSimulator;
import dev.lamina.sim.Inference;
import dev.lamina.sim.Kernel;
import dev.lamina.sim.Kernels;
import dev.lamina.sim.NetworkSynapses;
import dev.lamina.sim.ReferenceSimulator;
import dev.lamina.sim.SpikeTrains;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trained LeNet-5 on the chip, spike for spike as the scalar reference has it. */
class LeNetFidelityTest {

    private static final int TIMESTEPS = 20;
    private static final long SEED = 5;
    private static final int[] SAMPLES = {0, 1, 2, 3};

    @ParameterizedTest
    @EnumSource
    void equalsTheReferenceForEveryBurstCreditPipelinesThreadsAndKernel(Arithmetic arithmetic) {
        SpikingModel model = ModelFile.readSpiking(Path.of("models", "lenet5-digits.safetensors"));
        Dataset digits = Datasets.open("drawn-digits", Split.TEST, Optional.empty());
        List<ReferenceSimulator.Run> expected = IntStream.of(SAMPLES)
                .parallel()
                .mapToObj(sample -> reference(arithmetic, model, digits, sample))
                .toList();
        for (Kernel kernel : List.of(Kernels.scalar(), Kernels.fastest())) {
            for (ChipSettings settings : List.of(
                    new ChipSettings(1, 4, 1, 2),
                    new ChipSettings(3, 16, 2, 1),
                    new ChipSettings(7, 5, 3, 2),
                    new ChipSettings(TIMESTEPS, 2, 4, 4))) {
                SpikeTrains trains = new SpikeTrains();
                List<Inference> results = new ArrayList<>();
                try (Chip chip = Chip.start(NetworkSynapses.of(model, kernel, arithmetic), settings, trains)) {
                    chip.start(new RunOrder(
                                    SAMPLES,
                                    sample -> model.preprocessing().apply(digits, sample),
                                    TIMESTEPS,
                                    SEED,
                                    answer -> results.add(answer.inference())))
                            .join();
                }
                for (Inference result : results) {
                    trains.assertEqualTo(expected.get(result.sample()), result, kernel.name() + ", " + settings);
                }
            }
        }
    }

    private static ReferenceSimulator.Run reference(
            Arithmetic arithmetic, SpikingModel model, Dataset digits, int sample) {
        float[] values = model.preprocessing().apply(digits, sample);
        return switch (arithmetic) {
            case FLOAT32 -> ReferenceSimulator.run(model, values, SEED, sample, TIMESTEPS);
            case FIXED16 -> FixedReferenceSimulator.run(model, values, SEED, sample, TIMESTEPS);
        };
    }
}
