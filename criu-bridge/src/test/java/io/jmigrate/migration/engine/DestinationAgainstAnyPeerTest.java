package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.ScriptedSource.Deed;
import io.jmigrate.migration.engine.ScriptedSource.Point;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.migration.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The node service and a source that does what it likes, at each of the points where the destination waits for it. */
class DestinationAgainstAnyPeerTest {
    private static final Duration LONG = Patience.LIMIT;
    /** For sources that say nothing. */
    private static final Duration SHORT = Duration.ofMillis(500);
    /** The same, where they have to be patient with a busy machine before. */
    private static final Duration UNTIL_COMMITTED = Duration.ofSeconds(4);

    private static final Logger ENGINE_LOG = Logger.getLogger("io.jmigrate.migration");

    @TempDir
    private Path root;

    private final Trees trees = new Trees();
    private final MemoryLink link = new MemoryLink();
    private DestinationSide destination;

    @BeforeEach
    void quietly() throws IOException {
        ENGINE_LOG.setLevel(Level.OFF);
        destination = new DestinationSide(Files.createDirectory(root.resolve("destination")), trees, link);
    }

    /** They write below the test's directory, which is removed next. */
    @AfterEach
    void awaitTheEndOfAllSessions() throws InterruptedException {
        link.awaitSessions();
        destination.end();
    }

    private void serveFor(Deed deed) {
        serveFor(deed, SHORT);
    }

    private void serveFor(Deed deed, Duration silence) {
        destination.serve(Steps.undisturbed(), deed == Deed.STAYS_SILENT ? silence : LONG);
    }

    private static Stream<Arguments> beforeTheCommit() {
        return Stream.of(Point.values()).filter(point -> point != Point.GONE).flatMap(point -> Stream.of(Deed.values())
                .map(deed -> Arguments.of(point, deed)));
    }

    @ParameterizedTest
    @MethodSource("beforeTheCommit")
    void leavesNothingOfAContainerThatWasNotCommitted(Point point, Deed deed) throws Exception {
        serveFor(deed);
        try (ScriptedSource source = new ScriptedSource(link, point, deed)) {
            source.play();
            link.awaitSessions();
            assertThat(destination.record(source.id).orElseThrow().state()).isEqualTo(new DestinationState.NeverRan());
            assertThat(trees.destination()).isEqualTo(Destination.NONE);
            assertThat(destination.bundle()).doesNotExist();
            assertThat(destination.images()).doesNotExist();
        }
        takesTheNextOne();
    }

    private void takesTheNextOne() throws IOException, InterruptedException {
        destination.serve(Steps.undisturbed(), LONG);
        Path next = Files.createDirectory(root.resolve("source"));
        SourceSide source = new SourceSide(next, trees, Steps.undisturbed(), link, LONG);
        source.migrate();
        link.awaitSessions();
        assertThat(source.failure()).isEmpty();
        assertThat(trees.destination()).isEqualTo(Destination.RUNS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"ROOTFS", "ROUND", "MEMORY", "FINAL", "GO"})
    void tellsASourceWhyItGaveUp(Point point) {
        serveFor(Deed.TALKS_NONSENSE);
        try (ScriptedSource source = new ScriptedSource(link, point, Deed.TALKS_NONSENSE)) {
            source.play();
            assertThat(source.lastWords().orElseThrow()).hasMessageContaining("the peer broke the protocol");
        }
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void runsOnWhateverTheSourceDoesAfterItsCommit(Deed deed) throws InterruptedException {
        serveFor(deed, UNTIL_COMMITTED);
        try (ScriptedSource source = new ScriptedSource(link, Point.GONE, deed)) {
            source.play();
            link.awaitSessions();
            assertThat(destination.record(source.id).orElseThrow().state()).isEqualTo(new DestinationState.Running());
            assertThat(trees.destination()).isEqualTo(Destination.RUNS);
        }
    }

    @Test
    void writesDownThatTheContainerIsLostIfItsMemoryCannotComeAnyMore() throws InterruptedException {
        destination.criu().loseMemory(FakeCriu.Loss.AT_ONCE);
        serveFor(Deed.CLOSES);
        try (ScriptedSource source = new ScriptedSource(link, Point.GONE, Deed.CLOSES)) {
            source.play();
            link.awaitSessions();
            assertThat(destination.record(source.id).orElseThrow().state()).isEqualTo(new DestinationState.Lost());
            assertThat(destination.images()).doesNotExist();
        }
    }

    @Test
    void refusesAMigrationThatItKnows() throws InterruptedException {
        serveFor(Deed.CLOSES);
        try (ScriptedSource source = new ScriptedSource(link, Point.FINAL, Deed.CLOSES)) {
            source.play();
            link.awaitSessions();
            assertThat(refusalOfAnother(source)).contains("this migration is known already");
        }
    }

    private String refusalOfAnother(ScriptedSource source) {
        try (Connection connection = link.connect(Role.CONTROL)) {
            Control control = connection.control();
            control.send(source.offer());
            return String.join(" ", ((ControlMessage.Refused) control.receive(LONG)).reasons());
        }
    }

    @Test
    void takesSoManyDataConnections() {
        serveFor(Deed.CLOSES);
        try (ScriptedSource source = new ScriptedSource(link, Point.ROUND, Deed.STAYS_SILENT)) {
            source.play();
            for (int more = NodeLimits.DEFAULT.connectionsOfMigrationMax() - 2; more >= 0; more--) {
                assertThat(source.joinAgain()).isEqualTo(new ControlMessage.Joined(more));
            }
            assertThat(source.joinAgain().toString()).contains("as many data connections as this node lets one have");
        }
    }

    /** Who asks has committed, so there was a journal: it was lost, or another node has it, where the container may run. */
    @Test
    void saysNothingOfWhatItHasNoJournalOf() {
        serveFor(Deed.CLOSES);
        ScriptedSource unheard = new ScriptedSource(link, Point.JOIN, Deed.CLOSES);
        try (Connection connection = link.connect(Role.RECOVER)) {
            Control control = connection.control();
            control.send(new ControlMessage.Question(unheard.id, FakeSource.CONTAINER));
            assertThat(control.receive(LONG)).isEqualTo(new ControlMessage.Answer(Answers.UNKNOWN));
        }
        assertThat(destination.record(unheard.id)).isEmpty();
    }

    /** A source that asks has lost its connection, whatever the destination still sees of it. */
    @Test
    void endsAnArrivalWhoseSourceAsks() throws InterruptedException {
        serveFor(Deed.CLOSES);
        try (ScriptedSource source = new ScriptedSource(link, Point.GO, Deed.STAYS_SILENT)) {
            source.play();
            try (Connection connection = link.connect(Role.RECOVER)) {
                connection.control().send(new ControlMessage.Question(source.id, FakeSource.CONTAINER));
                assertThat(connection.control().receive(LONG)).isInstanceOf(ControlMessage.Answer.class);
            }
            link.awaitSessions();
            assertThat(destination.record(source.id).orElseThrow().state()).isEqualTo(new DestinationState.NeverRan());
        }
    }
}
