package io.jmigrate.migration.engine;

import io.jmigrate.criu.RestoreRemains;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.policy.DestinationFacts;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Files;
import java.util.Optional;

/** What is there of an arrival at this host. */
record ArrivalHere(MigrationHost host, DestinationRecord entry) implements LeftArrival {
    private LandedTree tree() {
        return entry.startsAnew() ? new StartedHere(host, entry) : new RestoredHere(host, entry);
    }

    private ContainerId id() {
        return ContainerId.of(entry.container());
    }

    private NetworkMove move() {
        return new NetworkMove(host, entry.id(), Side.DESTINATION);
    }

    @Override
    public DestinationFacts facts() {
        boolean remains = Files.exists(entry.images());
        return new DestinationFacts(
                remains && LogWriters.exist(entry.restoreLog()),
                isLetGo(),
                entry.tree().filter(Processes::alive).isPresent(),
                tree().mayLackMemory(),
                isOfAnotherBoot(remains),
                remains);
    }

    /** Images are in memory, which tells of those that older versions have noted. */
    private boolean isOfAnotherBoot(boolean remains) {
        return entry.boot().map(boot -> !boot.equals(ThisHost.boot())).orElse(!remains);
    }

    @Override
    public boolean isLetGo() {
        return tree().isLetGo();
    }

    @Override
    public void kill() {
        try {
            entry.tree().ifPresent(root -> Processes.killIfAlive(root, Signal.KILL));
        } catch (LinuxException e) {
            throw Failure.of(MigrationCode.JOURNAL, "cannot kill what was restored: " + e.getMessage())
                    .withCause(e);
        }
    }

    @Override
    public void discard() {
        Optional<ContainerRecord> found = host.containers().store().find(id());
        if (found.filter(this::isItsPlace).isPresent()) {
            host.containers().delete().delete(new DeleteRequest(id(), true));
            found = Optional.empty();
        }
        boolean bundleInUse =
                found.filter(other -> other.bundle().equals(entry.bundle())).isPresent();
        move().finish(NetworkEvent.DETACH);
        if (!bundleInUse && LandedBundle.isOne(entry.bundle())) {
            Directories.remove(entry.bundle());
        }
        removeImages();
    }

    /** A container that never ran has no more than a place that was made for it. */
    private boolean isItsPlace(ContainerRecord container) {
        return container.restored() != entry.startsAnew()
                && container.state() instanceof ContainerState.Creating
                && container.bundle().equals(entry.bundle());
    }

    @Override
    public void conclude() {
        tree().conclude();
    }

    @Override
    public void adopt() {
        tree().finish();
        ContainerRecord container = host.containers().inspect(id());
        if (container.state()
                instanceof ContainerState.Live) { // else nobody needs it, and it may have gone with an earlier boot
            openNetwork(container);
        }
        move().finish(NetworkEvent.ANNOUNCE);
    }

    private void openNetwork(ContainerRecord container) {
        host.containers().networkLock(container).ifPresent(NetworkLock::remove);
        host.containers().network(container).ifPresent(NetworkAttachment::linkUp);
        host.containers().network(container).ifPresent(NetworkAttachment::announce);
    }

    @Override
    public void removeImages() {
        RestoreRemains.remove(entry.restoreLog());
        LandedMounts.remove(entry.images());
        Directories.remove(entry.images());
    }
}
