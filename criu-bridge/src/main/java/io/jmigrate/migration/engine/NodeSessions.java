package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.admission.PeerQuotas.Place;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.migration.wire.ControlMessage.Question;
import io.jmigrate.runtime.failure.MachineErrors;
import io.jmigrate.runtime.store.NameLock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What a node service does with each connection that it gets. */
public final class NodeSessions {
    private static final String TOO_OFTEN = "the peer offers more often than this node lets it";
    private static final String TOO_IDLE = "too many connections of this peer belong to no migration";
    private static final String TOO_MANY = "as many migrations arrive at this node as it lets at once";
    private static final String NOT_AWAITED = "no migration of this node awaits this connection";
    private static final String TOO_MANY_CONNECTIONS =
            "the migration has as many data connections as this node lets one have";
    private static final String NOT_ITS_OWN = "that migration is another peer's";

    private final NodeServeRequest request;
    private final DestinationNode node;
    private final Acceptance acceptance;
    private final Journals journals;
    private final RecoverArrival recovery;
    private final Reception reception;
    private final Enquiries enquiries;
    private final Map<MigrationId, LiveArrival> live = new ConcurrentHashMap<>();
    private final ResumedArrivals resumed;
    private final ArrivingGroups groups = new ArrivingGroups();

    public NodeSessions(NodeServeRequest request, MigrationHost host) {
        this(request, new LocalDestination(host, request.landing()));
    }

    NodeSessions(NodeServeRequest request, DestinationNode node) {
        this.request = request;
        this.node = node;
        this.journals = Journals.at(request.root());
        this.acceptance = new Acceptance(request, node, journals);
        this.recovery = new RecoverArrival(journals, node, request.patience());
        this.reception = Reception.of(request);
        this.resumed = new ResumedArrivals(journals, node, request.patience());
        this.enquiries = new Enquiries(request, node);
    }

    /** Serves one connection to its end; called on a thread of its own. What a peer does wrong ends its connection alone. */
    public void serve(Connection connection) {
        Visit visit = reception.visit(connection);
        try {
            MachineErrors.run(() -> welcome(visit, connection));
        } catch (RuntimeException e) {
            System.getLogger(NodeSessions.class.getName())
                    .log(System.Logger.Level.WARNING, "the connection of " + connection.peer() + " ended", e);
        }
    }

    private void welcome(Visit visit, Connection connection) {
        Optional<Place> idle = visit.connection();
        if (idle.isEmpty()) {
            visit.note(AuditEvent.of(Deed.CONNECTION, Verdict.REFUSED).because(List.of(TOO_IDLE)));
            refuse(connection.control(), MigrationCode.PEER_REFUSED, List.of(TOO_IDLE));
            return;
        }
        try (Place place = idle.get()) {
            serve(visit, connection, place);
        }
    }

    /** @param idle closed when it has its place with a migration */
    private void serve(Visit visit, Connection connection, Place idle) {
        switch (connection.role()) {
            case CONTROL -> arrive(visit, connection.control(), idle);
            case DATA -> join(visit, connection, idle);
            case FOLLOW -> follow(visit, connection, idle);
            case RECOVER -> answer(visit, connection.control());
            case PROBE -> enquiries.probe(visit, connection);
            case PAIR -> enquiries.pair(visit, connection);
        }
    }

    private void arrive(Visit visit, Control control, Place idle) {
        Offer offer = control.await(Offer.class, request.patience());
        if (offer.inspection()) {
            enquiries.inspect(visit, control, offer);
            return;
        }
        if (!visit.mayOffer()) {
            refuse(visit, control, offer, TOO_OFTEN);
            return;
        }
        Optional<Place> place = visit.place();
        if (place.isEmpty()) {
            refuse(visit, control, offer, TOO_MANY);
            return;
        }
        try (Place _ = place.get()) {
            idle.close();
            arrive(visit, control, offer);
        }
    }

    private void arrive(Visit visit, Control control, Offer offer) {
        Optional<NameLock> claim = journals.claim(offer.id(), Side.DESTINATION);
        if (claim.isEmpty()) {
            refuseKnown(control);
            return;
        }
        try (NameLock _ = claim.get()) {
            if (journals.destination(offer.id()).isPresent()) {
                refuseKnown(control);
            } else {
                Fellows fellows = groups.join(visit.party(), offer.together());
                live(offer, LiveArrival.of(visit, control, fellows, connectionsMax()));
            }
        }
    }

    private int connectionsMax() {
        return request.limits().connectionsOfMigrationMax();
    }

    private static void refuse(Visit visit, Control control, Offer offer, String why) {
        visit.note(Deed.OFFER, Verdict.REFUSED, offer, List.of(why));
        refuse(control, MigrationCode.PEER_REFUSED, List.of(why));
    }

    private static void refuseKnown(Control control) {
        refuse(control, MigrationCode.PEER_REFUSED, List.of("this migration is known already"));
    }

    private void live(Offer offer, LiveArrival arrival) {
        live.put(offer.id(), arrival);
        try (CancelRequests _ = CancelRequests.open(
                journals, offer.id(), Side.DESTINATION, arrival.fellows().token())) {
            acceptance.of(offer, arrival).ifPresent(migration -> run(migration, offer, arrival));
        } finally {
            live.remove(offer.id());
            groups.leave(arrival.visit().party(), offer.together());
            arrival.over().complete(null);
        }
    }

    private static void run(DestinationMigration migration, Offer offer, LiveArrival arrival) {
        try {
            migration.run(arrival.secret());
        } finally {
            arrival.visit().note(migration.outcome().about(offer.id(), offer.container()));
        }
    }

    static void refuse(Control control, MigrationCode code, List<String> reasons) {
        control.send(new ControlMessage.Refused(code.name(), reasons));
    }

    private void join(Visit visit, Connection connection, Place idle) {
        Control control = connection.control();
        ControlMessage.Join join = control.await(ControlMessage.Join.class, request.patience());
        LiveArrival arrival = live.get(join.id());
        if (arrival == null || !arrival.awaits(visit, join.secret())) {
            visit.note(AuditEvent.of(Deed.DATA, Verdict.REFUSED).because(List.of(NOT_AWAITED)));
            refuse(control, MigrationCode.PEER_REFUSED, List.of(NOT_AWAITED));
            return;
        }
        OptionalInt more = arrival.data().join(connection);
        if (more.isEmpty()) {
            refuse(control, MigrationCode.PEER_REFUSED, List.of(TOO_MANY_CONNECTIONS));
            return;
        }
        idle.close();
        control.send(new ControlMessage.Joined(more.getAsInt()));
        arrival.over().join();
    }

    /** Memory follows, from the source that this process has the container of, or of one that a service before it has taken it from. */
    private void follow(Visit visit, Connection connection, Place idle) {
        Control control = connection.control();
        ControlMessage.Join join = control.await(ControlMessage.Join.class, request.patience());
        LiveArrival arrival = live.get(join.id());
        if (arrival == null) {
            if (Enquiries.mayAsk(visit, Deed.DATA, control)) {
                resumed.follow(visit, join, connection);
            }
        } else if (!arrival.awaits(visit, join.secret()) || !arrival.lacking().isDone()) {
            ResumedArrivals.refuse(visit, control);
        } else {
            idle.close();
            control.send(new ControlMessage.Joined(0));
            arrival.lacking().join().take(connection.data());
        }
    }

    /** A source that asks has lost its connection: an arrival that still waits for it is over. */
    private void answer(Visit visit, Control control) {
        Question question = control.await(Question.class, request.patience());
        if (!Enquiries.mayAsk(visit, Deed.QUESTION, control)) {
            return;
        }
        LiveArrival arrival = live.get(question.id());
        if (arrival != null && !arrival.visit().isOfSamePeer(visit)) {
            visit.note(AuditEvent.of(Deed.QUESTION, Verdict.REFUSED).because(List.of(NOT_ITS_OWN)));
            refuse(control, MigrationCode.PEER_REFUSED, List.of(NOT_ITS_OWN));
            return;
        }
        if (arrival != null) {
            arrival.control().close();
        }
        ControlMessage.Answer answer = Answers.of(recovery.answer(question.id()));
        visit.note(AuditEvent.of(Deed.QUESTION, Verdict.ACCEPTED)
                .about(question.id(), question.container())
                .because(List.of(answer.verdict())));
        control.send(answer);
    }

    /** Ends arrivals that are not committed and waits for the others, but for those that lack memory: they need no process to wait. */
    public void close() {
        live.values().forEach(arrival -> arrival.control().close());
        live.values().forEach(arrival -> CompletableFuture.anyOf(arrival.over(), arrival.lacking())
                .join());
        reception.close();
    }
}
