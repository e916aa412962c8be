package dev.lamina.cli;

import dev.lamina.io.AtomicFile;
import dev.lamina.io.InputException;
import dev.lamina.io.Reason;
import dev.lamina.train.TrainingProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/*
 * The whole file is written anew with each row. A training that goes on from a checkpoint tells of the epochs behind it
 * only; the rows before those are kept from the file, and later ones, which a killed training may have left, are not.
 */
/**
 * A training's epochs as comma-separated values: loss in nats, accuracies and firing rates as parts of 1, the learning
 * rate of the epoch's last batch, and the seconds that the epoch took (if the training was resumed within it, since
 * then). Row 0, if there is one, is of the start. Not thread-safe.
 */
final class EpochTable {

    private static final String HEAD = "epoch,loss,training_accuracy,validation_accuracy,learning_rate,seconds";
    private static final int VALIDATION = 3;

    /** A hundred thousand epochs of a deep network. */
    private static final int MAX_BYTES = 32 << 20;

    private final Path file;
    private final String head;
    private final TreeMap<Integer, String> rows = new TreeMap<>();

    /**
     * The table for {@code file}, which is not looked at yet.
     *
     * @param layers the layers whose firing rates it holds
     */
    EpochTable(Path file, List<String> layers) {
        this.file = file;
        head = HEAD + layers.stream().map(layer -> ",rate_" + layer).collect(Collectors.joining());
    }

    /**
     * Goes on with what the file holds, if there is one.
     *
     * @throws InputException if that is not such a table
     */
    void goOn() {
        if (Files.notExists(file)) {
            return;
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("larger than " + MAX_BYTES + " bytes");
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty() || !lines.get(0).equals(head)) {
                throw new IOException("another first line");
            }
            for (String line : lines.subList(1, lines.size())) {
                if (cells(line).length != cells(head).length) {
                    throw new IOException("a row of another length");
                }
                rows.put(Integer.parseInt(cells(line)[0]), line);
            }
        } catch (IOException e) {
            throw another(Reason.of(e), e);
        } catch (NumberFormatException e) {
            throw another("a row without its epoch", e);
        }
    }

    private InputException another(String reason, Exception cause) {
        return InputException.file(
                "not this training's table of epochs", file.toString(), "move it away (" + reason + ")", cause);
    }

    private static String[] cells(String line) {
        return line.split(",", -1);
    }

    /** Writes the row of the start: only its accuracy is known. */
    void start(double validationAccuracy) {
        int blank = cells(head).length - VALIDATION - 1;
        put(0, String.format(Locale.ROOT, "0,,,%.6f", validationAccuracy) + ",".repeat(blank));
    }

    /** The accuracy of the start. */
    OptionalDouble start() {
        String row = rows.get(0);
        try {
            return row == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(cells(row)[VALIDATION]));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /**
     * Writes the row of an epoch's end, in place of this and later ones.
     *
     * @param seconds that the epoch took
     */
    void end(TrainingProgress epoch, double seconds) {
        StringBuilder row = new StringBuilder();
        row.append(String.format(
                Locale.ROOT,
                "%d,%.6f,%.6f,%.6f,%.6g,%.1f",
                epoch.epoch(),
                epoch.loss(),
                epoch.accuracy(),
                epoch.validationAccuracy().orElse(0),
                epoch.learningRate(),
                seconds));
        epoch.firingRates().forEach(rate -> row.append(String.format(Locale.ROOT, ",%.6f", rate)));
        put(epoch.epoch(), row.toString());
    }

    private void put(int epoch, String row) {
        rows.tailMap(epoch, true).clear();
        rows.put(epoch, row);
        String text =
                head + "\n" + rows.values().stream().map(line -> line + "\n").collect(Collectors.joining());
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
