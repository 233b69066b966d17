package io.jmigrate.migration.engine;

import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.HeldContainer;
import io.jmigrate.runtime.linux.Processes;
import java.util.Optional;

/** What is there of a container that starts anew on this host, by an arrival of which the journal says that it was told to go. */
record StartedHere(MigrationHost host, DestinationRecord entry) {
    /** Whether it runs, or ran, or its init still waits for a start that can be given. */
    boolean isLetGo() {
        return container()
                .filter(found -> !(found.state() instanceof ContainerState.Creating)
                        || entry.tree().filter(Processes::alive).isPresent())
                .isPresent();
    }

    private Optional<ContainerRecord> container() {
        return host.containers().store().find(ContainerId.of(entry.container())).filter(found -> found.bundle()
                .equals(entry.bundle()));
    }

    /** Starts it, or writes down that it was started. */
    void finish() {
        if (container().map(ContainerRecord::state).orElse(null) instanceof ContainerState.Creating) {
            try (HeldContainer held = host.containers()
                    .reopenHeld(ContainerId.of(entry.container()), entry.tree().orElseThrow())) {
                held.start();
            }
        }
    }
}
