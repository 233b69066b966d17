package io.jmigrate.criu;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.store.NameLock;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a container right whose dump was broken off by the death of the process that had it made, and of CRIU too if need be: it goes on as it
 * was before. See {@link DumpMark}.
 */
public final class SettleContainer {
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

    /** Its record says so if its user has paused it: a dump leaves that as it is. The mark does if somebody else had frozen it. */
    private static void settle(Containers containers, ContainerRecord container, DumpMark.Content left) {
        boolean paused = left.paused() || container.state() instanceof ContainerState.Paused;
        Cgroup cgroup = containers.cgroup(container);
        new OrphanedDump(left.criu(), cgroup, AbandonedDump.of(cgroup, container), paused)
                .settle(() -> containers.inspect(container.id()).state() instanceof ContainerState.Live);
        new LeftConnectionLock(containers, container).delete();
    }
}
