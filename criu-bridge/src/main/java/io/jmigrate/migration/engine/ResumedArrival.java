package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.runtime.store.NameLock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes memory for a container that runs here, in the place of a service that has been killed since. */
record ResumedArrival(Journals journals, DestinationNode node, Duration patience) {
    private static final String NOT_LACKING = "no container of this node awaits memory over this connection";

    /** @param visit who wants to give it @param join to what, and the word that proves it */
    void follow(Visit visit, ControlMessage.Join join, Connection connection) {
        Optional<NameLock> claim = journals.claim(join.id(), Side.DESTINATION);
        if (claim.isEmpty()) {
            refuse(visit, connection.control());
            return;
        }
        try (NameLock _ = claim.get()) {
            Optional<DestinationRecord> entry = journals.destination(join.id()).filter(found -> awaits(found, join));
            if (entry.isEmpty()) {
                refuse(visit, connection.control());
                return;
            }
            connection.control().send(new ControlMessage.Joined(0));
            take(entry.get(), connection);
        }
    }

    private static boolean awaits(DestinationRecord entry, ControlMessage.Join join) {
        byte[] expected = entry.secret().orElse("").getBytes(StandardCharsets.UTF_8);
        byte[] given = join.secret().getBytes(StandardCharsets.UTF_8);
        return entry.state() instanceof DestinationState.Lacking && MessageDigest.isEqual(expected, given);
    }

    static void refuse(Visit visit, Control control) {
        visit.note(AuditEvent.of(Deed.DATA, Verdict.REFUSED).because(List.of(NOT_LACKING)));
        control.send(new ControlMessage.Refused(MigrationCode.PEER_REFUSED.name(), List.of(NOT_LACKING)));
    }

    private void take(DestinationRecord entry, Connection connection) {
        CompletableFuture<Boolean> lost = CompletableFuture.completedFuture(false); // nobody has waited for that
        new LackingArrival(node, entry, patience, lost, latency -> complete(entry, latency)).take(connection.data());
        node.removeImages(entry);
    }

    private void complete(DestinationRecord entry, FaultLatency latency) {
        DestinationRecord running = entry.in(new DestinationState.Lacking().complete(), Instant.now());
        journals.save(running.report()
                .map(report -> running.reporting(report.waitedFor(latency)))
                .orElse(running));
    }
}
