package dev.lamina.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFolderTest {

    @TempDir
    private Path parent;

    @Test
    void foldersOfKilledServersGoAndNoOthers() throws IOException {
        Path left = folder("lamina-serve1", "lock", "model-1.safetensors", "incoming.safetensors");
        Path justBeingMade = folder("lamina-serve2");
        Path inUse = folder("lamina-serve3", "lock", "model-1.safetensors");
        Path somebodyElses = folder("other", "lock");
        try (FolderLock lock = FolderLock.take(inUse).orElseThrow()) {
            Path made = TemporaryFolder.make(parent);
            assertTrue(Files.isDirectory(made));
            assertFalse(Files.exists(left));
            assertTrue(Files.exists(justBeingMade));
            assertTrue(Files.exists(inUse.resolve("model-1.safetensors")));
            assertTrue(Files.exists(somebodyElses.resolve("lock")));
            TemporaryFolder.delete(made);
            assertFalse(Files.exists(made));
        }
        assertEquals(parent, TemporaryFolder.make(parent).getParent());
        assertFalse(Files.exists(inUse));
    }

    @Test
    void aLockIsHeldByOneAtATime() throws IOException {
        Path folder = folder("folder");
        try (FolderLock lock = FolderLock.take(folder).orElseThrow()) {
            assertTrue(FolderLock.take(folder).isEmpty());
            assertTrue(FolderLock.take(folder.resolve("../folder")).isEmpty());
        }
        FolderLock.take(folder).orElseThrow().close();
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        for (String file : files) {
            Files.writeString(folder.resolve(file), "");
        }
        return folder;
    }
}
