package io.jmigrate.criu;

import io.jmigrate.criu.rpc.Vigil;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.store.NameLock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts a container right whose dump was broken off by the death of the process that had it made, and of CRIU too if need be: it goes on as it
 * was before. See {@link DumpMark}.
 */
public final class SettleContainer {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Containers containers;

    /** @param containers of the runtime root */
    public SettleContainer(Containers containers) {
        this.containers = Objects.requireNonNull(containers);
    }

    /**
     * Settles a container.
     *
     * @return its state now; empty if there was nothing to settle
     * @throws io.jmigrate.runtime.failure.Failure WRONG_STATE if somebody holds the container's lock for long, DUMP_FAILED, IO
     */
    public Optional<ContainerState> settle(ContainerId id) {
        try (NameLock _ = containers.store().lock(id)) {
            return settle(containers, id) ? Optional.of(containers.inspect(id).state()) : Optional.empty();
        }
    }

    /** The same under the container's lock, which a dump holds as long as it lives. */
    static boolean settle(Containers containers, ContainerId id) {
        Optional<ContainerRecord> container = containers.store().find(id);
        DumpMark mark = DumpMark.of(containers.store(), id);
        Optional<DumpMark.Content> left = container.flatMap(_ -> mark.read());
        left.ifPresent(content -> {
            settle(containers, container.orElseThrow(), content);
            mark.remove();
        });
        return left.isPresent();
    }

    private static void settle(Containers containers, ContainerRecord container, DumpMark.Content left) {
        awaitEnd(left.criu());
        Cgroup cgroup = containers.cgroup(container);
        try {
            AbandonedDump.of(cgroup, container).undo();
        } finally {
            if (!left.paused()) {
                cgroup.thaw(); // even if its connections are lost
            }
        }
    }

    /** A CRIU whose client is dead finds that out when it has something to say, undoes what it did, and ends. */
    private static void awaitEnd(ProcessRef criu) {
        long deadline = System.nanoTime() + Vigil.SILENCE_OF_DUMP.toNanos();
        while (Processes.alive(criu)) {
            if (System.nanoTime() > deadline) {
                Processes.killIfAlive(criu, Signal.KILL);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
