package dev.lamina.cli;

import dev.lamina.fuzz.FuzzTarget;
import dev.lamina.fuzz.Scratch;
import dev.lamina.io.InputException;
import dev.lamina.train.TrainingProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.eclipse.collections.api.factory.primitive.DoubleLists;

/** The table of epochs that a resumed training goes on with. To what is accepted a row is added, and it reads back. */
public final class EpochTableTarget implements FuzzTarget {

    private static final List<String> LAYERS = List.of("a");
    private static final TrainingProgress EPOCH = new TrainingProgress(
            "x", 3, 9, 5, 5, 0.5, 0.75, OptionalDouble.of(0.8), 1e-4, DoubleLists.immutable.of(0.25), 60);

    private final Scratch scratch;

    /** Makes the folder. */
    public EpochTableTarget() throws IOException {
        scratch = new Scratch();
    }

    @Override
    public List<byte[]> seeds() {
        String head = "epoch,loss,training_accuracy,validation_accuracy,learning_rate,seconds,rate_a\n";
        return Stream.of(
                        head,
                        head + "0,,,0.7,,,\n1,0.5,0.75,0.8,0.0001,1.5,0.25\n",
                        head + "-1,,,NaN,,,\n00,,,1e999999999,,,\n",
                        head + "2147483648,,,,,,\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void parse(byte[] input) throws IOException {
        Path file = scratch.file("epochs.csv", input);
        EpochTable table = read(file);
        OptionalDouble start = table.start();
        table.end(EPOCH, 1);
        try {
            if (!read(file).start().equals(start)) {
                throw new AssertionError("the start is another when it is read again");
            }
        } catch (InputException e) {
            throw new AssertionError("a table was accepted, but is refused when written", e);
        }
    }

    private static EpochTable read(Path file) {
        EpochTable table = new EpochTable(file, LAYERS);
        table.goOn();
        return table;
    }
}
