package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.engine.ScriptedSource.Point;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Question;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.migration.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is paired with two others: neither can do anything about the other's migrations, and of both account is kept. */
class SeveralPeersTest {
    private static final Fingerprint OWNER = new Fingerprint("a".repeat(64));
    private static final Fingerprint OTHER = new Fingerprint("b".repeat(64));
    private static final Logger ENGINE_LOG = Logger.getLogger("io.jmigrate.migration");

    @TempDir
    private Path root;

    private final AtomicReference<Fingerprint> caller = new AtomicReference<>(OWNER);
    private final MemoryLink link = new MemoryLink();
    private DestinationSide destination;

    @BeforeEach
    void quietly() throws IOException {
        ENGINE_LOG.setLevel(Level.OFF);
        destination = new DestinationSide(Files.createDirectory(root.resolve("destination")), new Trees(), link);
    }

    @AfterEach
    void awaitTheEndOfAllSessions() throws InterruptedException {
        link.awaitSessions();
        destination.end();
    }

    private ControlMessage answerTo(Role role, ControlMessage message) {
        try (Connection connection = link.connect(role)) {
            connection.control().send(message);
            return connection.control().receive(Patience.LIMIT);
        }
    }

    private static String reasons(ControlMessage refusal) {
        return String.join(" ", ((ControlMessage.Refused) refusal).reasons());
    }

    @Test
    void letsNobodyElseJoinDataToAMigrationThoughItKnowsTheSecret() {
        destination.serveTo(caller::get, NodeLimits.DEFAULT);
        try (ScriptedSource source = new ScriptedSource(link, Point.JOIN, ScriptedSource.Deed.STAYS_SILENT)) {
            source.play();
            caller.set(OTHER);
            assertThat(source.joinAgain().toString()).contains("no migration of this node awaits this connection");
        }
        assertThat(destination.audit())
                .filteredOn(event -> event.deed() == Deed.DATA)
                .extracting(AuditEvent::verdict)
                .containsExactly(Verdict.REFUSED);
    }

    @Test
    void letsNobodyElseEndAMigrationByAskingAboutIt() {
        destination.serveTo(caller::get, NodeLimits.DEFAULT);
        try (ScriptedSource source = new ScriptedSource(link, Point.GO, ScriptedSource.Deed.STAYS_SILENT)) {
            source.play();
            caller.set(OTHER);
            assertThat(reasons(answerTo(Role.RECOVER, new Question(source.id, FakeSource.CONTAINER))))
                    .contains("another peer's");
            assertThat(destination.record(source.id).orElseThrow().state()).isEqualTo(new DestinationState.Held());
        }
    }

    @Test
    void takesSoManyMigrationsAtOnce() {
        destination.serveTo(caller::get, NodeLimits.DEFAULT.withMigrations(2, 1));
        try (ScriptedSource source = new ScriptedSource(link, Point.ROUND, ScriptedSource.Deed.STAYS_SILENT)) {
            source.play();
            ScriptedSource second = new ScriptedSource(link, Point.ROUND, ScriptedSource.Deed.STAYS_SILENT);
            assertThat(reasons(answerTo(Role.CONTROL, second.offer()))).contains("as many migrations");
            caller.set(OTHER);
            assertThat(reasons(answerTo(Role.CONTROL, second.offer())))
                    .as("one of another peer is looked at; this host has one place alone")
                    .contains("cannot make the directory");
        }
    }

    /** To look at one may mean to read layers of gigabytes. */
    @Test
    void looksAtOthersWhileItLooksAtOne() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        destination.serveJudging(offer -> {
            if (offer.container().equals("large")) {
                looking.countDown();
                await(goOn);
            }
            return "there is no room";
        });
        ScriptedSource source = new ScriptedSource(link, Point.JOIN, ScriptedSource.Deed.CLOSES);
        ScriptedSource other = new ScriptedSource(link, Point.JOIN, ScriptedSource.Deed.CLOSES);
        try (Connection large = link.connect(Role.CONTROL)) {
            large.control().send(source.offer("large"));
            await(looking);
            assertThat(reasons(answerTo(Role.CONTROL, other.offer()))).contains("there is no room");
            assertThat(reasons(answerTo(Role.CONTROL, other.offer("large")))).contains("is being looked at");
            goOn.countDown();
            assertThat(reasons(large.control().receive(Patience.LIMIT))).contains("there is no room");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void holdsSoManyConnectionsOfAPeerThatSayNothing() {
        destination.serveTo(caller::get, NodeLimits.DEFAULT);
        List<Connection> silent = new ArrayList<>();
        try {
            for (int i = 0; i < NodeLimits.DEFAULT.idleOfPeerMax(); i++) {
                silent.add(link.connect(Role.CONTROL));
            }
            Question question = new Question(MigrationId.random(), FakeSource.CONTAINER);
            Awaitility.await().atMost(Patience.LIMIT).untilAsserted(() -> assertThat(answerTo(Role.RECOVER, question))
                    .isInstanceOfSatisfying(ControlMessage.Refused.class, refused -> assertThat(refused.reasons())
                            .first()
                            .asString()
                            .contains("too many connections")));
            caller.set(OTHER);
            assertThat(answerTo(Role.RECOVER, question)).isInstanceOf(ControlMessage.Answer.class);
        } finally {
            silent.forEach(Connection::close);
        }
    }

    @Test
    void answersSoManyQuestionsInATime() {
        destination.serveTo(caller::get, NodeLimits.DEFAULT);
        ScriptedSource unheard = new ScriptedSource(link, Point.JOIN, ScriptedSource.Deed.CLOSES);
        Question question = new Question(unheard.id, FakeSource.CONTAINER);
        int answered = 0;
        ControlMessage answer = answerTo(Role.RECOVER, question);
        while (answer instanceof ControlMessage.Answer && answered < 10_000) {
            answered++;
            answer = answerTo(Role.RECOVER, question);
        }
        assertThat(reasons(answer)).contains("more often");
        assertThat(answered).isGreaterThanOrEqualTo(NodeLimits.DEFAULT.questionsBurst());
        caller.set(OTHER);
        assertThat(answerTo(Role.RECOVER, question)).isInstanceOf(ControlMessage.Answer.class);
    }

    @Test
    void writesDownWhatWasAskedAndWhatCameOfIt() throws InterruptedException {
        destination.serveTo(caller::get, NodeLimits.DEFAULT);
        try (ScriptedSource source = new ScriptedSource(link, Point.FINAL, ScriptedSource.Deed.GIVES_UP)) {
            source.play();
            link.awaitSessions();
            List<AuditEvent> written = destination.audit();
            assertThat(written)
                    .extracting(AuditEvent::deed, AuditEvent::verdict)
                    .containsExactly(tuple(Deed.OFFER, Verdict.ACCEPTED), tuple(Deed.ARRIVAL, Verdict.NEVER_RAN));
            assertThat(written).allSatisfy(event -> {
                assertThat(event.party().orElseThrow().fingerprint()).isEqualTo(OWNER.value());
                assertThat(event.migration()).contains(source.id);
                assertThat(event.container()).contains(FakeSource.CONTAINER);
            });
            assertThat(written.getLast().reasons()).isNotEmpty();
            assertThat(written.getLast().bytes()).isPresent();
        }
    }

    @Test
    void takesNothingInThatItCannotWriteDown() throws IOException {
        Files.createDirectories(root.resolve("destination/node/audit.jsonl"));
        destination.serveTo(caller::get, NodeLimits.DEFAULT);
        ScriptedSource source = new ScriptedSource(link, Point.JOIN, ScriptedSource.Deed.CLOSES);
        assertThat(reasons(answerTo(Role.CONTROL, source.offer()))).contains("cannot write the audit log");
        assertThat(destination.bundle()).doesNotExist();
    }
}
