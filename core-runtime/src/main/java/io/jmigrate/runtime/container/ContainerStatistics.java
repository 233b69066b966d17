package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.stats.Statistics;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.network.InterfaceUse;
import java.util.List;
import java.util.Optional;

/** Tells what a container uses. */
public final class ContainerStatistics {
    private final LifecycleHost host;

    ContainerStatistics(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Takes no lock. Empty if the container is being made or is stopped.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, IO, PERMISSION if it has no cgroup
     */
    public Optional<ContainerUse> find(ContainerId id) {
        ContainerRecord record = measurable(id);
        return record.state() instanceof ContainerState.Live live
                ? Optional.of(new ContainerUse(Statistics.of(record.cgroup()), interfaces(record, live)))
                : Optional.empty();
    }

    private static List<InterfaceUse> interfaces(ContainerRecord record, ContainerState.Live live) {
        return record.networkNamespace().isPresent()
                ? InterfaceUse.of(live.process().pid())
                : List.of();
    }

    private ContainerRecord measurable(ContainerId id) {
        ContainerRecord record = host.status().refresh(host.store().load(id));
        if (!record.hasCgroup()) {
            throw Failure.of(
                    RuntimeCode.PERMISSION,
                    "cannot measure " + id.inSentence()
                            + ": it has no cgroup of its own, as the user who made it had the right to none");
        }
        return record;
    }

    /**
     * As {@link #find}, of a container that must live.
     *
     * @throws io.jmigrate.runtime.failure.Failure WRONG_STATE, NOT_FOUND, IO, PERMISSION if it has no cgroup
     */
    public ContainerUse read(ContainerId id) {
        return find(id).orElseThrow(() ->
                Refusal.of("measure", host.status().refresh(host.store().load(id))));
    }

    /** @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, PERMISSION if it has no cgroup */
    public ContainerWatch watch(ContainerId id) {
        return new ContainerWatch(measurable(id), host.processes());
    }
}
