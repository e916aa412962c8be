package dev.lamina.cli;

import dev.lamina.data.Datasets;
import dev.lamina.data.Fetch;
import dev.lamina.io.InputException;
import dev.lamina.report.Quantity;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Downloads a data set. */
@Command(
        name = "fetch",
        description = "Downloads a data set from where its makers publish it, and checks its digests.",
        footerHeading = "%nExample:%n",
        footer = "  ./lamina fetch mnist")
final class FetchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DATASET", description = "mnist, fashion-mnist or cifar10")
    String dataset;

    @Mixin
    CommonOptions common;

    @Mixin
    CommonOptions.Data data;

    @Override
    public Integer call() {
        Path target = Fetch.fetch(dataset, Datasets.store(data.folder), new FetchProgress(Interruption::requested));
        System.out.println(target + " is complete");
        return 0;
    }

    /** A line for each file; ends the download when {@code stop} wants it. */
    static final class FetchProgress implements Fetch.Progress {

        private final BooleanSupplier stop;
        private String current = "";

        FetchProgress(BooleanSupplier stop) {
            this.stop = stop;
        }

        @Override
        public void advance(String file, long done, long all) {
            if (stop.getAsBoolean()) {
                throw InputException.file(
                        "the download was stopped", file, "fetch again; the files that are complete are kept");
            }
            if (!file.equals(current)) {
                current = file;
                Say.line("fetching %s%s", file, all < 0 ? "" : " (" + Quantity.count(all) + " bytes)");
            }
        }
    }
}
