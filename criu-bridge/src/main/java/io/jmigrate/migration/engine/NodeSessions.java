package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.Pairing;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.policy.DestinationRecovery;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.migration.wire.ControlMessage.Question;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.runtime.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What a node service does with each connection that it gets. */
public final class NodeSessions {
    private static final int SECRET_BYTES = 32;

    private final NodeServeRequest request;
    private final DestinationNode node;
    private final Journals journals;
    private final LocalRecovery recovery;
    private final Map<MigrationId, Live> live = new ConcurrentHashMap<>();

    /** An arrival in the hands of this process. */
    private record Live(Control control, String secret, CompletableFuture<Data> joined, CompletableFuture<Void> over) {}

    public NodeSessions(NodeServeRequest request, MigrationHost host) {
        this.request = request;
        this.node = new LocalDestination(host, request.landing());
        this.journals = Journals.at(request.root());
        this.recovery = new LocalRecovery(host);
    }

    /** Serves one connection to its end; called on a thread of its own. */
    public void serve(Connection connection) {
        switch (connection.role()) {
            case CONTROL -> arrive(connection.control());
            case DATA -> join(connection);
            case RECOVER -> answer(connection.control());
            case PAIR -> Pairing.answer(request.root(), connection);
        }
    }

    private void arrive(Control control) {
        Offer offer = control.await(Offer.class, MigrateRequest.DEFAULT_PATIENCE);
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        Live arrival = new Live(
                control, HexFormat.of().formatHex(random), new CompletableFuture<>(), new CompletableFuture<>());
        if (live.putIfAbsent(offer.id(), arrival) != null
                || journals.destination(offer.id()).isPresent()) {
            refuse(control, MigrationCode.PEER_REFUSED, List.of("this migration is known already"));
            return;
        }
        try {
            accept(offer, arrival);
        } finally {
            live.remove(offer.id(), arrival);
            arrival.over().complete(null);
        }
    }

    private void accept(Offer offer, Live arrival) {
        List<String> problems = node.problems(offer);
        if (!problems.isEmpty()) {
            refuse(arrival.control(), MigrationCode.PREFLIGHT, problems);
            return;
        }
        DestinationRecord entry = node.plan(offer, arrival.control().peer());
        DestinationCourse course = new DestinationCourse(journals, entry);
        try {
            node.prepare(offer, entry);
        } catch (Failure e) {
            course.enter(new DestinationState.NeverRan());
            refuse(arrival.control(), MigrationCode.PEER_REFUSED, List.of(e.getMessage()));
            throw e;
        }
        arrival.control().send(new ControlMessage.Accepted(arrival.secret()));
        new DestinationMigration(
                        arrival.control(),
                        arrival.joined(),
                        node,
                        course,
                        offer.rootfs(),
                        request.lease(),
                        MigrateRequest.DEFAULT_PATIENCE)
                .run();
    }

    private static void refuse(Control control, MigrationCode code, List<String> reasons) {
        control.send(new ControlMessage.Refused(code.name(), reasons));
    }

    private void join(Connection connection) {
        Control control = connection.control();
        ControlMessage.Join join = control.await(ControlMessage.Join.class, MigrateRequest.DEFAULT_PATIENCE);
        Live arrival = live.get(join.id());
        if (arrival == null || !same(arrival.secret(), join.secret())) {
            refuse(control, MigrationCode.PEER_REFUSED, List.of("no migration of this node awaits this connection"));
            return;
        }
        control.send(new ControlMessage.Joined());
        if (arrival.joined().complete(connection.data())) {
            arrival.over().join();
        }
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** A source that asks has lost its connection: an arrival that still waits for it is over. */
    private void answer(Control control) {
        Question question = control.await(Question.class, MigrateRequest.DEFAULT_PATIENCE);
        Live arrival = live.get(question.id());
        if (arrival != null) {
            arrival.control().close();
        } else {
            recovery.settleDestination(question.id());
        }
        control.send(Answers.of(answerOf(question)));
    }

    private DestinationAnswer answerOf(Question question) {
        return journals.destination(question.id())
                .map(entry -> DestinationRecovery.answer(entry.state()))
                .orElseGet(() -> neverHeardOf(question));
    }

    /** Written down first, so that a late offer of the same migration is refused. */
    private DestinationAnswer neverHeardOf(Question question) {
        Offer nothing = new Offer(
                question.id(), question.container(), "{}", io.jmigrate.migration.plan.RootfsMode.COPY, "", "", null);
        DestinationState.NeverRan never = DestinationState.accepted().neverRan();
        journals.save(node.plan(nothing, "unknown").in(never, java.time.Instant.now()));
        return new DestinationAnswer.NeverRan(never);
    }

    /** Ends arrivals that are not committed and waits for the others. */
    public void close() {
        live.values().forEach(arrival -> arrival.control().close());
        live.values().forEach(arrival -> arrival.over().join());
    }
}
