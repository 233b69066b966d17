package io.jmigrate.runtime.container;

import io.jmigrate.runtime.spec.ResourcesChange;
import io.jmigrate.runtime.store.NameLock;

/** Changes the limits of a container that exists. */
public final class UpdateContainer {
    private final LifecycleHost host;

    UpdateContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container is created, running or paused. On success the limits hold, and go with the container when it is
     * checkpointed or migrated. On failure they are as before, but for limits of single devices that had been set when another was
     * refused.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, WRONG_STATE, INVALID_CONFIG, UNSUPPORTED if the host lacks what a limit
     *     needs, LIMIT_REFUSED
     */
    public void update(ContainerId id, ResourcesChange change) {
        try (NameLock _ = host.store().lock(id)) {
            ContainerRecord record = host.status().refresh(host.store().load(id));
            if (!(record.state() instanceof ContainerState.Live)) {
                throw Refusal.of("update", record);
            }
            LimitsUpdate.apply(host, record, change);
        }
    }
}
