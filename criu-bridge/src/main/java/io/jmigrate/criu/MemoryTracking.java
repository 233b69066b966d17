package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.feature.CriuFeatures;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import java.util.Map;
import java.util.Optional;

/** What CRIU's incremental dumps take: a kernel that marks the pages which are written to (soft-dirty bits, proc_pid_pagemap(5)). */
final class MemoryTracking {
    private MemoryTracking() {}

    /**
     * Asks CRIU.
     *
     * @param what can't be done without, for example {@code pre-dump container "web"}
     * @throws Failure FEATURE_MISSING, CRIU_MISSING, CRIU_TOO_OLD
     */
    static void require(Launcher launcher, CriuBinary criu, String what) {
        try (Swrk swrk = Swrk.start(launcher, criu, Optional.empty(), Map.of())) {
            if (swrk.features().filter(CriuFeatures::dirtyTracking).isEmpty()) {
                throw Failure.of(
                                CriuCode.FEATURE_MISSING,
                                "cannot " + what
                                        + ": this kernel does not mark the pages that are written to"
                                        + " (CONFIG_MEM_SOFT_DIRTY), so CRIU can't tell what has changed; nothing was touched")
                        .withRemedy(
                                "make complete checkpoints, or let `jmigrate migrate` copy memory ahead: it takes no"
                                        + " such kernel");
            }
        }
    }
}
