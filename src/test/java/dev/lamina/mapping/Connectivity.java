package dev.lamina.mapping;

import dev.lamina.network.AveragePool;
import dev.lamina.network.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A projection unrolled in the plainest loops: the source positions that each target position sees, and through which taps. */
final class Connectivity {

    final Projection projection;
    /** By target position. */
    final List<Set<Integer>> sources = new ArrayList<>();

    final List<Set<Integer>> taps = new ArrayList<>();

    /** By source position. */
    final List<Set<Integer>> targets = new ArrayList<>();

    Connectivity(Projection projection) {
        this.projection = projection;
        int window = projection.pool().map(AveragePool::kernel).orElse(1);
        int step = projection.pool().map(AveragePool::stride).orElse(1);
        for (int i = 0; i < projection.source().positions(); i++) {
            targets.add(new TreeSet<>());
        }
        for (int y = 0; y < projection.target().height(); y++) {
            for (int x = 0; x < projection.target().width(); x++) {
                Set<Integer> seen = new TreeSet<>();
                Set<Integer> used = new TreeSet<>();
                for (int ky = 0; ky < projection.kernelHeight(); ky++) {
                    for (int kx = 0; kx < projection.kernelWidth(); kx++) {
                        int py = y * projection.stride() + ky - projection.padding();
                        int px = x * projection.stride() + kx - projection.padding();
                        if (py < 0
                                || px < 0
                                || py >= projection.pooled().height()
                                || px >= projection.pooled().width()) {
                            continue;
                        }
                        used.add(ky * projection.kernelWidth() + kx);
                        for (int wy = 0; wy < window; wy++) {
                            for (int wx = 0; wx < window; wx++) {
                                int source =
                                        (py * step + wy) * projection.source().width() + px * step + wx;
                                seen.add(source);
                                targets.get(source).add(sources.size());
                            }
                        }
                    }
                }
                sources.add(seen);
                taps.add(used);
            }
        }
    }
}
