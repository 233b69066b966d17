package io.jmigrate.migration.engine;

import io.jmigrate.migration.admission.AuditBook;
import io.jmigrate.migration.admission.PeerQuotas;
import io.jmigrate.migration.audit.AuditEvent.Party;
import io.jmigrate.migration.audit.AuditLog;
import io.jmigrate.migration.audit.Parties;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.wire.Connection;

/** Where a node keeps account of its peers' connections. */
record Reception(AuditBook log, Parties parties, PeerQuotas quotas) implements AutoCloseable {
    static Reception of(NodeServeRequest request) {
        return new Reception(
                AuditBook.of(AuditLog.of(request.root())),
                Parties.of(request.root()),
                new PeerQuotas(request.limits(), System::nanoTime));
    }

    Visit visit(Connection connection) {
        Party party = parties.of(connection.peer(), connection.certificate());
        String name = party.fingerprint().isEmpty() ? party.address().replaceFirst(":\\d+$", "") : party.fingerprint();
        return new Visit(this, party, name);
    }

    @Override
    public void close() {
        log.close();
    }
}
