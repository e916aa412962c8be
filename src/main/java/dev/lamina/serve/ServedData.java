package dev.lamina.serve;

import dev.lamina.data.Dataset;
import dev.lamina.data.Preprocessing;
import dev.lamina.data.Split;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The one data set that a server was started with: what a client may name, and what samples look like.
 *
 * @param dataset the samples
 * @param split which part of the data set they are
 */
public record ServedData(Dataset dataset, Split split) {

    String splitName() {
        return split.name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal if it is another data set that is named */
    void check(String name, String part) {
        if (!name.equals(dataset.name()) || !part.equals(splitName())) {
            throw new Refusal(
                    HttpStatus.NOT_FOUND_404,
                    "no data set '" + name + "', split '" + part + "'",
                    "the body",
                    "this server has '" + dataset.name() + "', split '" + splitName() + "'");
        }
    }

    /** The values that a network sees of a client's sample. */
    float[] values(byte[] pixels, Preprocessing preprocessing) {
        return preprocessing.apply(
                new Dataset("a request", dataset.shape(), dataset.classes(), pixels, new byte[1]), 0);
    }
}
