package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.kept.KeptStore;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.Optional;

/** This host as one that containers leave. */
record LocalSourceHost(MigrationHost host) implements SourceHost {
    @Override
    public Optional<SourceNode> copy(SourceRecord entry) {
        return find(entry)
                .filter(found -> found.isOf(entry))
                .map(found -> entry.startsAnew()
                        ? RestartingSource.left(found, entry)
                        : new LocalSource(found, Optional.empty()));
    }

    private Optional<ContainerHere> find(SourceRecord entry) {
        try {
            return Optional.of(
                    new ContainerHere(host, ContainerId.of(entry.container()), entry.id(), NetworkTerms.KEEP));
        } catch (Failure e) {
            if (e.code() == RuntimeCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Peer peer(SourceRecord entry) {
        return RemotePeer.toAsk(
                PeerAddress.parse(entry.peer()),
                LocalMigrate.security(host.root(), entry.insecure()),
                MigrateRequest.DEFAULT_PATIENCE);
    }

    @Override
    public void forgetKept(SourceRecord entry) {
        try {
            KeptStore.of(host.root()).ifPresent(store -> store.forget(entry.container()));
        } catch (Failure e) { // the migration is over all the same
            host.containers().warn("what was kept of " + entry.container() + " stays: " + e.getMessage());
        }
    }

    @Override
    public void removeImages(MigrationId id) {
        Directories.remove(LocalMigrate.outgoing(id));
    }
}
