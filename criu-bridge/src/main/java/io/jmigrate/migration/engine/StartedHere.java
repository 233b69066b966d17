package io.jmigrate.migration.engine;

import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.HeldContainer;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.network.NetworkAttachment;
import java.util.Optional;

/** What is there of a container that starts anew on this host, by an arrival of which the journal says that it was told to go. */
record StartedHere(MigrationHost host, DestinationRecord entry) implements LandedTree {
    /** Whether its record says that it runs, or its init still waits for a start that can be given. What has stopped may never have run. */
    @Override
    public boolean isLetGo() {
        return container()
                .filter(found -> found.state() instanceof ContainerState.Live
                        || found.state() instanceof ContainerState.Creating
                                && entry.tree().filter(Processes::alive).isPresent())
                .isPresent();
    }

    private Optional<ContainerRecord> container() {
        return host.containers().store().find(ContainerId.of(entry.container())).filter(found -> found.bundle()
                .equals(entry.bundle()));
    }

    /** It brings none. */
    @Override
    public boolean mayLackMemory() {
        return false;
    }

    /** Starts it, or writes down that it was started. */
    @Override
    public void finish() {
        reopen().ifPresent(held -> {
            try (held) {
                held.start();
            }
        });
    }

    /** What is left of it, if anything is, is a container that has stopped, and does not answer for its addresses. Can be done again. */
    @Override
    public void conclude() {
        takeLinkDown();
        new NetworkMove(host, entry.id(), Side.DESTINATION).finish(NetworkEvent.DETACH);
        reopen().ifPresent(held -> {
            try (held) {
                held.end();
            }
        });
    }

    /** Its interfaces may have gone with an earlier boot of the host. */
    private void takeLinkDown() {
        try {
            container().flatMap(left -> host.containers().network(left)).ifPresent(NetworkAttachment::linkDown);
        } catch (Failure e) {
            host.containers().warn("the interfaces of container " + entry.container() + " stay: " + e.getMessage());
        }
    }

    /** Held again, if it has no more than a half-made record. */
    private Optional<HeldContainer> reopen() {
        return container()
                .filter(found -> found.state() instanceof ContainerState.Creating)
                .map(found ->
                        host.containers().reopenHeld(found.id(), entry.tree().orElseThrow()));
    }
}
