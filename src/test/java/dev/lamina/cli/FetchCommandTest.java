package dev.lamina.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.io.InputException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class FetchCommandTest {

    @Test
    void downloadEndsWhenAsked() {
        AtomicBoolean stop = new AtomicBoolean();
        FetchCommand.FetchProgress progress = new FetchCommand.FetchProgress(stop::get);
        progress.advance("images", 0, 10);
        stop.set(true);
        InputException e = assertThrows(InputException.class, () -> progress.advance("images", 5, 10));
        assertEquals(
                "the download was stopped: images: fetch again; the files that are complete are kept", e.getMessage());
    }

    @Test
    void builtInDataNeedsNoDownload() {
        CommandRun.of("fetch", "drawn-digits").assertComplaint(2, "data set 'drawn-digits' is built in: ");
    }
}
