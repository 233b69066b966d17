package io.jmigrate.criu;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.DepartureMark;
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
        Optional<DumpMark.Content> left =
                container.flatMap(_ -> mark.read()).filter(content -> !mayRunElsewhere(containers, id, content));
        left.ifPresent(content -> {
            settle(containers, container.orElseThrow(), content);
            mark.remove();
        });
        return left.isPresent();
    }

    private static boolean mayRunElsewhere(Containers containers, ContainerId id, DumpMark.Content left) {
        return left.before() == DumpMark.Before.LEAVING
                && DepartureMark.of(containers.store(), id).read().isPresent();
    }

    /** Its record says so if its user has paused it: a dump leaves that as it is. The mark does if somebody else had frozen it. */
    private static void settle(Containers containers, ContainerRecord container, DumpMark.Content left) {
        boolean paused = left.before() == DumpMark.Before.PAUSED || container.state() instanceof ContainerState.Paused;
        orphaned(containers, container, left).settle(() -> lives(containers, container.id()), paused);
        new LeftConnectionLock(containers, container).delete();
    }

    /**
     * Ends what is left of the dump by which a container was to go to another host, under the container's lock: it stands still then, and nothing
     * but its freezer holds it. Harmless if nothing is left of it.
     *
     * @throws io.jmigrate.runtime.failure.Failure DUMP_FAILED, IO
     */
    public static void endDump(Containers containers, ContainerRecord container) {
        DumpMark mark = DumpMark.of(containers.store(), container.id());
        mark.read()
                .ifPresentOrElse(
                        left -> orphaned(containers, container, left).end(() -> lives(containers, container.id())),
                        AbandonedDump.of(containers, container)::undo);
        mark.remove();
    }

    private static OrphanedDump orphaned(Containers containers, ContainerRecord container, DumpMark.Content left) {
        Cgroup cgroup = containers.cgroup(container);
        return new OrphanedDump(left.criu(), cgroup, AbandonedDump.of(cgroup, container));
    }

    private static boolean lives(Containers containers, ContainerId id) {
        return containers.inspect(id).state() instanceof ContainerState.Live;
    }
}
