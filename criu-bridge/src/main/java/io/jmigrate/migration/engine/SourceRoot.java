package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.RootfsMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The root filesystem of a container that leaves, whole or as the upper layer of an overlay. */
final class SourceRoot {
    private final Path rootfs;
    private Optional<SourceLayers> layers = Optional.empty();
    private List<LowerLayer> lowers = List.of();

    SourceRoot(Path rootfs) {
        this.rootfs = rootfs;
    }

    /** What of it is sent. */
    Path tree(RootfsMode mode) {
        return mode == RootfsMode.DIFF ? layers().upper() : rootfs;
    }

    /** Layers that the destination has to have. They are read the first time. */
    List<LowerLayer> lowers(RootfsMode mode) {
        if (mode == RootfsMode.DIFF && lowers.isEmpty()) {
            lowers = layers().described();
        }
        return lowers;
    }

    /** Whether it can go so, if that is a question. */
    Optional<Check> check(RootfsMode mode) {
        return mode == RootfsMode.DIFF ? Optional.of(layers().check()) : Optional.empty();
    }

    private SourceLayers layers() {
        SourceLayers known = layers.orElseGet(() -> SourceLayers.of(rootfs));
        layers = Optional.of(known);
        return known;
    }
}
