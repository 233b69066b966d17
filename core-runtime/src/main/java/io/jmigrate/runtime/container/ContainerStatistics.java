package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.stats.Statistics;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
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
    public Optional<Statistics> find(ContainerId id) {
        ContainerRecord record = host.status().refresh(host.store().load(id));
        if (!record.hasCgroup()) {
            throw Failure.of(
                    RuntimeCode.PERMISSION,
                    "cannot measure " + id.inSentence()
                            + ": it has no cgroup of its own, as the user who made it had the right to none");
        }
        return record.state() instanceof ContainerState.Live
                ? Optional.of(Statistics.of(record.cgroup()))
                : Optional.empty();
    }

    /**
     * As {@link #find}, of a container that must live.
     *
     * @throws io.jmigrate.runtime.failure.Failure WRONG_STATE, NOT_FOUND, IO, PERMISSION if it has no cgroup
     */
    public Statistics read(ContainerId id) {
        return find(id).orElseThrow(() ->
                Refusal.of("measure", host.status().refresh(host.store().load(id))));
    }
}
