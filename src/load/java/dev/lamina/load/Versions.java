package dev.lamina.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which version of the model is which file, as everybody is told. Thread-safe. */
final class Versions {

    private final Map<Long, String> files = new ConcurrentHashMap<>();
    private final AtomicLong newest = new AtomicLong();

    /** Whether a version is that file, for all that was heard of it before. */
    boolean agree(long version, String sha256) {
        String before = files.putIfAbsent(version, sha256);
        return before == null || before.equals(sha256);
    }

    /** A push was answered: who asks from now on is answered by this version or a newer one. */
    void pushed(long version) {
        newest.accumulateAndGet(version, Math::max);
    }

    /** The oldest version that may answer who asks now. */
    long newest() {
        return newest.get();
    }
}
