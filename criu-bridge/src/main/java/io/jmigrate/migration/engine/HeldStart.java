package io.jmigrate.migration.engine;

import io.jmigrate.criu.HeldTree;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreVerdict;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.CreateRequest;
import io.jmigrate.runtime.container.HeldContainer;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.util.Optional;

/** In place of a restore: a container is made of what has arrived, and held before its start. */
final class HeldStart implements ReadyRestore {
    private final MigrationHost host;
    private final DestinationRecord entry;
    private final NetworkMove network;

    HeldStart(MigrationHost host, DestinationRecord entry, NetworkMove network) {
        this.host = host;
        this.entry = entry;
        this.network = network;
    }

    @Override
    public TreeReceiver mount(String mountPoint) {
        throw Failure.of(
                MigrationCode.PEER_PROTOCOL,
                "the peer broke the protocol: files in memory of a container that begins anew");
    }

    /** Its namespace is there only now: a hook prepares it when it is called for the addresses, too. */
    @Override
    public void run(RestoreListener listener) {
        ContainerId id = ContainerId.of(entry.container());
        try (LandedStreams streams = LandedStreams.open(entry.bundle());
                HeldContainer held =
                        host.containers().create().hold(CreateRequest.of(id, entry.bundle(), streams.standard()))) {
            network.begin(held.record());
            network.require(NetworkEvent.PREPARE);
            HeldTree tree = new HeldTree(held.init(), entry.restoreLog());
            if (new AttachedArrival(listener, network).held(tree) != RestoreVerdict.RESUME) {
                throw Failure.of(MigrationCode.PEER_FAILED, "it was not started");
            }
            start(held, () -> listener.resumed(tree));
        }
    }

    /** What fails when its program was executed is thrown when that has been told: it must not be started elsewhere any more. */
    private static void start(HeldContainer held, Runnable started) {
        Optional<RuntimeException> failure = Optional.empty();
        try {
            MachineErrors.run(held::start);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
        if (held.wasStarted()) {
            started.run();
        }
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** Nothing is there before it is run, nor after it, unless the container runs. */
    @Override
    public void close() {}
}
