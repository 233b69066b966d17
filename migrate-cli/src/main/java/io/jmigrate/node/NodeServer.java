package io.jmigrate.node;

import io.jmigrate.migration.admission.NodeDoor;
import io.jmigrate.migration.engine.LocalRecovery;
import io.jmigrate.migration.engine.MigrationHost;
import io.jmigrate.migration.engine.NodeSessions;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.kept.KeptSetting;
import io.jmigrate.migration.kept.KeptStore;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.migration.wire.WireSecurity;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.Optional;

/** A node's peer service: the sessions of the engine behind a listening wire. */
public final class NodeServer implements NodeService {
    private final Wire wire;
    private final NodeSessions sessions;
    private final PeerAddress address;
    private final Optional<KeptExpiry> expiry;

    private NodeServer(Wire wire, NodeSessions sessions, PeerAddress address, Optional<KeptExpiry> expiry) {
        this.wire = wire;
        this.sessions = sessions;
        this.address = address;
        this.expiry = expiry;
    }

    /**
     * Listens. What an earlier service of this root left open is recovered beside it, as far as the peers answer.
     *
     * @throws Failure NO_IDENTITY without a key, INVALID_ADDRESS if it can't listen there
     */
    public static NodeServer start(NodeServeRequest request, MigrationHost host) {
        WireSecurity security = request.insecure()
                ? new WireSecurity.Plaintext()
                : new WireSecurity.Certificates(NodeIdentity.load(request.root()), TrustedPeers.of(request.root()));
        Wire wire = Wire.open(security, Duration.ZERO, request.patience());
        try {
            NodeSessions sessions = new NodeSessions(request, host);
            PeerAddress address =
                    wire.listen(request.listen(), NodeDoor.of(request.root(), request.limits()), sessions::serve);
            Thread.ofPlatform().daemon().name("recovery").start(() -> recover(request, host));
            KeptSetting.of(request.root()).become(request.kept()); // not for a service that can't listen
            return new NodeServer(
                    wire, sessions, address, request.kept().map(KeptStore::at).map(KeptExpiry::of));
        } catch (RuntimeException e) {
            try (wire) {
                throw e;
            }
        }
    }

    private static void recover(NodeServeRequest request, MigrationHost host) {
        System.Logger log = System.getLogger(NodeServer.class.getName());
        try {
            new LocalRecovery(host)
                    .run(new RecoverRequest(request.root(), Optional.empty()))
                    .forEach(outcome -> tell(log, outcome));
        } catch (Failure e) {
            log.log(System.Logger.Level.WARNING, "recovery of earlier migrations failed", e);
        }
    }

    private static void tell(System.Logger log, RecoveryOutcome outcome) {
        String what = outcome.container() + ": " + outcome.message() + " (" + outcome.migration() + ")";
        if (outcome.settled()) {
            log.log(System.Logger.Level.INFO, "recovered " + what);
        } else {
            log.log(System.Logger.Level.WARNING, "not recovered " + what);
        }
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public void close() {
        expiry.ifPresent(KeptExpiry::close);
        sessions.close();
        wire.close();
    }
}
