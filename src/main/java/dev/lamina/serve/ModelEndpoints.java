package dev.lamina.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** The model: to get, to put, to take back. */
final class ModelEndpoints {

    /** The header that has the version's number. */
    static final String VERSION = "X-Lamina-Version";

    /** What a model file is sent as. */
    static final String TYPE = "application/octet-stream";

    private static final int PIECE = 1 << 16;

    private final ModelShelf shelf;
    private final Metrics metrics;
    private final Limits limits;

    ModelEndpoints(ModelShelf shelf, Metrics metrics, Limits limits) {
        this.shelf = shelf;
        this.metrics = metrics;
        this.limits = limits;
    }

    Reply get(Exchange exchange) throws IOException {
        while (true) {
            StoredModel model = shelf.current();
            List<HttpField> headers = List.of(
                    new HttpField(HttpHeader.ETAG, '"' + model.sha256() + '"'),
                    new HttpField(VERSION, Long.toString(model.number())));
            if (exchange.header(HttpHeader.IF_NONE_MATCH.asString())
                    .filter(tags -> tags.contains(model.sha256()))
                    .isPresent()) {
                return Reply.empty(HttpStatus.NOT_MODIFIED_304, headers);
            }
            try (FileChannel file = FileChannel.open(model.file())) {
                exchange.begin(TYPE, headers.toArray(HttpField[]::new));
                exchange.length(model.bytes());
                if (exchange.method().equals("GET")) {
                    ByteBuffer piece = ByteBuffer.allocate(PIECE);
                    while (file.read(piece) >= 0) {
                        exchange.write(piece.flip());
                        piece.clear();
                    }
                }
                return Reply.STREAMED;
            } catch (NoSuchFileException e) {
                // Two versions have followed since; the next look finds the latest.
                if (shelf.current().equals(model)) {
                    throw e;
                }
            }
        }
    }

    Reply put(Exchange exchange) {
        return changed(() -> shelf.put(exchange.body(TYPE, false, limits.modelBytes()), version(exchange)));
    }

    Reply rollback(Exchange exchange) {
        return changed(() -> shelf.rollback(version(exchange)));
    }

    private Reply changed(Supplier<ModelShelf.Change> attempt) {
        try {
            ModelShelf.Change change = attempt.get();
            if (change.changed()) {
                metrics.swapped();
            }
            return Reply.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("model_version", change.model().number())
                    .put("model_sha256", change.model().sha256())
                    .put("changed", change.changed()));
        } catch (Refusal e) {
            metrics.swapRefused();
            throw e;
        }
    }

    private static OptionalLong version(Exchange exchange) {
        var header = exchange.header(VERSION);
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!header.get().matches("[1-9][0-9]{0,14}")) {
            throw Refusal.badRequest(
                    "not a version: " + header.get(), "header " + VERSION, "give a whole number of at most 15 digits");
        }
        return OptionalLong.of(Long.parseLong(header.get()));
    }
}
