package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.pairing.Pairing;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage.Judged;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import java.util.List;

/** What peers ask of a node without a container coming. */
record Enquiries(NodeServeRequest request, DestinationNode node) {
    static final String TOO_OFTEN = "the peer asks more often than this node lets it";

    void pair(Visit visit, Connection connection) {
        boolean paired = Pairing.answer(
                request.root(),
                connection,
                name -> visit.require(
                        AuditEvent.of(Deed.PAIRING, Verdict.ACCEPTED).because(List.of("it calls itself " + name))));
        if (!paired) {
            visit.note(AuditEvent.of(Deed.PAIRING, Verdict.REFUSED).because(List.of("it does not know the code")));
        }
    }

    void probe(Visit visit, Connection connection) {
        if (mayAsk(visit, Deed.PROBE, connection.control())) {
            visit.note(AuditEvent.of(Deed.PROBE, Verdict.ACCEPTED));
            LinkProbe.answer(connection, request.patience());
        }
    }

    void inspect(Visit visit, Control control, Offer offer) {
        if (mayAsk(visit, Deed.INSPECTION, control)) {
            long heard = System.currentTimeMillis();
            List<Check> checks = node.judge(offer);
            visit.note(Deed.INSPECTION, Verdict.ACCEPTED, offer, forbidding(checks));
            control.send(new Judged(checks, heard, System.currentTimeMillis()));
        }
    }

    /** Whether it may; if not, it is told so. */
    static boolean mayAsk(Visit visit, Deed deed, Control control) {
        boolean may = visit.mayAsk(deed);
        if (!may) {
            NodeSessions.refuse(control, MigrationCode.PEER_REFUSED, List.of(TOO_OFTEN));
        }
        return may;
    }

    static List<String> forbidding(List<Check> checks) {
        return checks.stream().filter(Check::forbids).map(Check::sentence).toList();
    }
}
