package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.pairing.Pairing;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.migration.wire.ControlMessage.Question;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.store.NameLock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What a node service does with each connection that it gets. */
public final class NodeSessions {
    private static final int SECRET_BYTES = 32;

    private final NodeServeRequest request;
    private final DestinationNode node;
    private final Journals journals;
    private final RecoverArrival recovery;
    private final Map<MigrationId, Live> live = new ConcurrentHashMap<>();

    /** An arrival in the hands of this process. */
    private record Live(
            Control control,
            String secret,
            CompletableFuture<Data> joined,
            CompletableFuture<Void> over,
            CancelToken cancel) {
        static Live of(Control control) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            return new Live(
                    control,
                    HexFormat.of().formatHex(random),
                    new CompletableFuture<>(),
                    new CompletableFuture<>(),
                    new CancelToken());
        }
    }

    public NodeSessions(NodeServeRequest request, MigrationHost host) {
        this(request, new LocalDestination(host, request.landing()));
    }

    NodeSessions(NodeServeRequest request, DestinationNode node) {
        this.request = request;
        this.node = node;
        this.journals = Journals.at(request.root());
        this.recovery = new RecoverArrival(journals, node, request.patience());
    }

    /** Serves one connection to its end; called on a thread of its own. What a peer does wrong ends its connection alone. */
    public void serve(Connection connection) {
        try {
            switch (connection.role()) {
                case CONTROL -> arrive(connection.control());
                case DATA -> join(connection);
                case RECOVER -> answer(connection.control());
                case PROBE -> LinkProbe.answer(connection, request.patience());
                case PAIR -> Pairing.answer(request.root(), connection);
            }
        } catch (RuntimeException e) {
            System.getLogger(NodeSessions.class.getName())
                    .log(System.Logger.Level.WARNING, "the connection of " + connection.peer() + " ended", e);
        }
    }

    private void arrive(Control control) {
        Offer offer = control.await(Offer.class, request.patience());
        if (offer.inspection()) {
            long heard = System.currentTimeMillis();
            List<Check> checks = node.judge(offer);
            control.send(new ControlMessage.Judged(checks, heard, System.currentTimeMillis()));
            return;
        }
        Optional<NameLock> claim = journals.claim(offer.id(), Side.DESTINATION);
        if (claim.isEmpty()) {
            refuseKnown(control);
            return;
        }
        try (NameLock _ = claim.get()) {
            if (journals.destination(offer.id()).isPresent()) {
                refuseKnown(control);
            } else {
                live(offer, Live.of(control));
            }
        }
    }

    private static void refuseKnown(Control control) {
        refuse(control, MigrationCode.PEER_REFUSED, List.of("this migration is known already"));
    }

    private void live(Offer offer, Live arrival) {
        live.put(offer.id(), arrival);
        try (CancelRequests _ = CancelRequests.open(journals, offer.id(), Side.DESTINATION, arrival.cancel())) {
            accept(offer, arrival).ifPresent(migration -> migration.run(arrival.secret()));
        } finally {
            live.remove(offer.id());
            arrival.over().complete(null);
        }
    }

    /** One after the other, since each looks at what the earlier ones have written down. @return empty if it was refused */
    private synchronized Optional<DestinationMigration> accept(Offer offer, Live arrival) {
        DestinationCourse course;
        try {
            List<String> problems = node.judge(offer).stream()
                    .filter(Check::forbids)
                    .map(Check::sentence)
                    .toList();
            if (!problems.isEmpty()) {
                refuse(arrival.control(), MigrationCode.PREFLIGHT, problems);
                return Optional.empty();
            }
            course = prepared(offer, arrival.control().peer());
        } catch (Failure e) {
            refuse(arrival.control(), MigrationCode.PEER_REFUSED, List.of(e.getMessage()));
            throw e;
        }
        return Optional.of(new DestinationMigration(
                arrival.control(),
                arrival.joined(),
                node,
                course,
                arrival.cancel(),
                offer,
                request.lease(),
                request.patience()));
    }

    private DestinationCourse prepared(Offer offer, String peer) {
        DestinationCourse course = new DestinationCourse(journals, node.plan(offer.id(), offer.container(), peer));
        try {
            node.prepare(offer, course.entry());
            return course;
        } catch (RuntimeException e) {
            course.enter(DestinationState.accepted().neverRan());
            node.discard(course.entry());
            throw e;
        }
    }

    private static void refuse(Control control, MigrationCode code, List<String> reasons) {
        control.send(new ControlMessage.Refused(code.name(), reasons));
    }

    private void join(Connection connection) {
        Control control = connection.control();
        ControlMessage.Join join = control.await(ControlMessage.Join.class, request.patience());
        Live arrival = live.get(join.id());
        if (arrival == null || !same(arrival.secret(), join.secret())) {
            refuse(control, MigrationCode.PEER_REFUSED, List.of("no migration of this node awaits this connection"));
            return;
        }
        if (!arrival.joined().complete(connection.data())) {
            refuse(control, MigrationCode.PEER_REFUSED, List.of("the migration has its data connection already"));
            return;
        }
        control.send(new ControlMessage.Joined());
        arrival.over().join();
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** A source that asks has lost its connection: an arrival that still waits for it is over. */
    private void answer(Control control) {
        Question question = control.await(Question.class, request.patience());
        Live arrival = live.get(question.id());
        if (arrival != null) {
            arrival.control().close();
        }
        control.send(Answers.of(recovery.answer(question.id(), question.container(), control.peer())));
    }

    /** Ends arrivals that are not committed and waits for the others. */
    public void close() {
        live.values().forEach(arrival -> arrival.control().close());
        live.values().forEach(arrival -> arrival.over().join());
    }
}
