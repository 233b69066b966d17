package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the containers of a runtime root. */
public final class ListContainers {
    private final LifecycleHost host;

    ListContainers(LifecycleHost host) {
        this.host = host;
    }

    /**
     * What was found.
     *
     * @param containers by id, each in the state that is true now
     * @param unreadable one failure for each record that can't be read
     */
    public record Listing(List<ContainerRecord> containers, List<Failure> unreadable) {
        public Listing {
            containers = List.copyOf(containers);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** Takes no lock; a container that vanishes meanwhile is left out. */
    public Listing list() {
        List<ContainerRecord> containers = new ArrayList<>();
        List<Failure> unreadable = new ArrayList<>();
        for (ContainerId id : host.store().ids()) {
            try {
                Optional<ContainerRecord> record = host.store().find(id);
                record.map(host.status()::refresh).ifPresent(containers::add);
            } catch (Failure e) {
                unreadable.add(e);
            }
        }
        return new Listing(containers, unreadable);
    }
}
