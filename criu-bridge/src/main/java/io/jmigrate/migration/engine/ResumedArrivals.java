package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.runtime.store.NameLock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes memory for containers that run here, in the place of a service that has been killed since. */
final class ResumedArrivals {
    private static final String NOT_LACKING = "no container of this node awaits memory over this connection";

    private final Journals journals;
    private final DestinationNode node;
    private final Duration patience;
    private final Map<MigrationId, ResumedArrival> open = new HashMap<>();

    ResumedArrivals(Journals journals, DestinationNode node, Duration patience) {
        this.journals = journals;
        this.node = node;
        this.patience = patience;
    }

    /**
     * Returns when all has come; a source that has lost a connection takes the place of that with another one.
     *
     * @param visit who wants to give it @param join to what, and the word that proves it
     */
    void follow(Visit visit, ControlMessage.Join join, Connection connection) {
        Optional<ResumedArrival> found = enter(join);
        if (found.isEmpty()) {
            refuse(visit, connection.control());
            return;
        }
        try {
            connection.control().send(new ControlMessage.Joined(0));
            found.get().take(connection.data());
        } finally {
            leave(found.get());
        }
    }

    private synchronized Optional<ResumedArrival> enter(ControlMessage.Join join) {
        ResumedArrival known = open.get(join.id());
        return known == null
                ? resume(join).map(ResumedArrival::enter)
                : Optional.of(known)
                        .filter(arrival -> ResumedArrival.awaits(arrival.entry(), join.secret()))
                        .map(ResumedArrival::enter);
    }

    private Optional<ResumedArrival> resume(ControlMessage.Join join) {
        Optional<NameLock> claim = journals.claim(join.id(), Side.DESTINATION);
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        Optional<DestinationRecord> entry =
                journals.destination(join.id()).filter(found -> ResumedArrival.awaits(found, join.secret()));
        if (entry.isEmpty()) {
            claim.get().close();
            return Optional.empty();
        }
        ResumedArrival resumed = new ResumedArrival(journals, node, entry.get(), patience, claim.get());
        open.put(join.id(), resumed);
        return Optional.of(resumed);
    }

    private synchronized void leave(ResumedArrival arrival) {
        if (arrival.leave()) {
            open.remove(arrival.entry().id());
        }
    }

    static void refuse(Visit visit, Control control) {
        visit.note(AuditEvent.of(Deed.DATA, Verdict.REFUSED).because(List.of(NOT_LACKING)));
        control.send(new ControlMessage.Refused(MigrationCode.PEER_REFUSED.name(), List.of(NOT_LACKING)));
    }
}
