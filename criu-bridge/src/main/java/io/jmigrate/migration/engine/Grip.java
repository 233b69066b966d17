package io.jmigrate.migration.engine;

import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.failure.MachineErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the source does to its container that must be undone if the container stays. */
final class Grip {
    private final SourceHold hold;
    private final LeavingContainer container;
    private boolean networkIsAway;
    private boolean cgroupIsFrozen;
    private boolean stopped;
    private Optional<CpuQuota> before = Optional.empty();

    Grip(SourceNode node) {
        this.hold = node;
        this.container = node.container();
    }

    void takeLinkDown() {
        networkIsAway = true;
        hold.linkDown();
    }

    /** Its addresses may leave, whether its link is down already or not. */
    void letNetworkGo() {
        networkIsAway = true;
        container.networkLeaves();
    }

    void freeze() {
        cgroupIsFrozen = true;
        hold.freeze();
    }

    /** Begins to end it, if it starts anew. @return complete when nothing of it runs */
    CompletableFuture<Void> stop() {
        stopped = hold.startsAnew();
        return hold.stop();
    }

    /** Whether it was ended, or should have been, so that it was started again if it runs. */
    boolean hasStopped() {
        return stopped;
    }

    /** It gets less processor time from now on. @param usual what it could use before */
    void slow(CpuQuota usual) {
        before = Optional.of(usual);
    }

    /** Gives its processor time back: it is about to stand still, and what is done to it then shall not wait for its quota. */
    void giveTimeBack() {
        before.ifPresent(usual -> container.throttle().giveBack(usual));
    }

    /** Whether there is nothing to hold any more. */
    boolean hasEnded() {
        return hold.hasEnded();
    }

    /** Undoes all of it. @return what failed; the container may not run then, or not be heard */
    List<RuntimeException> loosen() {
        List<RuntimeException> troubles = new ArrayList<>();
        if (cgroupIsFrozen || stopped) {
            attempt(troubles, hold::thaw);
        }
        attempt(troubles, this::giveTimeBack);
        if (networkIsAway) {
            attempt(troubles, hold::linkUp);
        }
        return troubles;
    }

    private static void attempt(List<RuntimeException> troubles, Runnable step) {
        try {
            MachineErrors.run(step);
        } catch (RuntimeException e) {
            troubles.add(e);
        }
    }
}
