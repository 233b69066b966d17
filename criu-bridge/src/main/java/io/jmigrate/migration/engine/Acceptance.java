package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.failure.MachineErrors;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes offered containers in, or tells their sources why not. Two that would have the same place are not looked at together, since each
 * looks at what the earlier one has written down; others don't wait for each other, as to look may mean to read layers of gigabytes.
 */
final class Acceptance {
    private static final String IN_HAND = "another offer of a container of this name is being looked at";

    private final NodeServeRequest request;
    private final DestinationNode node;
    private final Journals journals;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    Acceptance(NodeServeRequest request, DestinationNode node, Journals journals) {
        this.request = request;
        this.node = node;
        this.journals = journals;
    }

    /** @return empty if it was refused */
    Optional<DestinationMigration> of(Offer offer, LiveArrival arrival) {
        if (!inHand.add(offer.container())) {
            refuse(offer, arrival, MigrationCode.PEER_REFUSED, List.of(IN_HAND));
            return Optional.empty();
        }
        try {
            return judged(offer, arrival);
        } finally {
            inHand.remove(offer.container());
        }
    }

    private static void refuse(Offer offer, LiveArrival arrival, MigrationCode code, List<String> problems) {
        arrival.visit().note(Deed.OFFER, Verdict.REFUSED, offer, problems);
        NodeSessions.refuse(arrival.control(), code, problems);
    }

    private Optional<DestinationMigration> judged(Offer offer, LiveArrival arrival) {
        DestinationCourse course;
        try {
            List<String> problems = Enquiries.forbidding(node.judge(offer));
            if (!problems.isEmpty()) {
                refuse(offer, arrival, MigrationCode.PREFLIGHT, problems);
                return Optional.empty();
            }
            arrival.visit().require(AuditEvent.of(Deed.OFFER, Verdict.ACCEPTED).about(offer.id(), offer.container()));
            course = prepared(offer, arrival);
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            arrival.visit().note(Deed.ARRIVAL, Verdict.NEVER_RAN, offer, List.of(why));
            NodeSessions.refuse(arrival.control(), MigrationCode.PEER_REFUSED, List.of(why));
            throw e;
        }
        return Optional.of(new DestinationMigration(
                arrival.control(),
                arrival.data().data(),
                arrival.lacking(),
                node,
                course,
                arrival.fellows(),
                offer,
                request.lease(),
                request.patience()));
    }

    private DestinationCourse prepared(Offer offer, LiveArrival arrival) {
        String peer = arrival.control().peer();
        DestinationCourse course = new DestinationCourse(
                journals,
                node.plan(offer.id(), offer.container(), peer)
                        .in(offer.together())
                        .joinedBy(arrival.secret())
                        .startingAnew(offer.startsAnew()));
        try {
            MachineErrors.run(() -> node.prepare(offer, course.entry()));
            return course;
        } catch (RuntimeException e) {
            course.enter(DestinationState.accepted().neverRan());
            node.left(course.entry()).discard();
            throw e;
        }
    }
}
