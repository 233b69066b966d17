package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.engine.ScriptedDestination.Deed;
import io.jmigrate.migration.engine.ScriptedDestination.Point;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The source's engine and a destination that does what it likes, at each of the points where the source waits for its word. */
class SourceAgainstAnyPeerTest {
    private static final Duration LONG = Patience.LIMIT;
    /** For peers that say nothing. */
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private Path root;

    private final Trees trees = new Trees();
    private final MemoryLink link = new MemoryLink();

    private SourceSide migrate(ScriptedDestination peer, Duration patience) throws IOException {
        SourceSide source = new SourceSide(root, trees, Steps.undisturbed(), link, patience);
        link.listen(peer, _ -> {});
        source.migrate();
        return source;
    }

    /**
     * A source that is as patient as it has to be on this machine to come to its commit, and no more: what comes then is waited for in
     * vain.
     */
    private SourceSide migrateBeyondTheCommit(Supplier<ScriptedDestination> next, Predicate<ScriptedDestination> enough)
            throws IOException {
        for (Duration patience = SHORT; ; patience = patience.multipliedBy(2)) {
            ScriptedDestination peer = next.get();
            SourceSide source = migrate(peer, patience);
            if (enough.test(peer) || patience.compareTo(LONG) > 0) {
                return source;
            }
        }
    }

    private SourceSide migrateBeyondTheCommit(Deed deed, String verdict) throws IOException {
        return migrateBeyondTheCommit(
                () -> new ScriptedDestination(Point.GO, deed, Optional.of(verdict), () -> {}),
                ScriptedDestination::reached);
    }

    private static Stream<Arguments> beforeTheCommit() {
        return Stream.of(Point.values()).filter(point -> point != Point.GO).flatMap(point -> Stream.of(Deed.values())
                .map(deed -> Arguments.of(point, deed)));
    }

    /** As the source says it of a container of which nothing has been touched by then, or something has. */
    private static String whereabouts(Point point) {
        return point == Point.OFFER ? "it is at the source as before" : "it runs at the source";
    }

    @ParameterizedTest
    @MethodSource("beforeTheCommit")
    void goesOnAtTheSourceWhateverHappensBeforeTheCommit(Point point, Deed deed) throws IOException {
        Duration patience = deed == Deed.STAYS_SILENT ? SHORT : LONG;
        SourceSide source = migrate(ScriptedDestination.that(point, deed), patience);
        Failure failure = source.failure().orElseThrow();

        assertThat(failure)
                .hasMessageStartingWith("container \"web\" did not migrate, " + whereabouts(point) + ": the peer");
        assertThat(failure.code()).isIn(codes(point, deed));
        assertThat(trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
        assertThat(source.host.verdicts()).doesNotContain(DumpVerdict.KILL, DumpVerdict.LEAVE_FROZEN);
        assertThat(source.record().orElseThrow().state()).isEqualTo(new SourceState.Aborted());
        assertThat(source.events.getLast()).isEqualTo(new ProgressEvent.Ended(Place.SOURCE, failure.getMessage()));
    }

    /** On a slow machine the short patience may be over at an earlier point. */
    private static Set<MigrationCode> codes(Point point, Deed deed) {
        return switch (deed) {
            case CLOSES -> Set.of(point == Point.OFFER ? MigrationCode.PEER_UNREACHABLE : MigrationCode.LINK_LOST);
            case STAYS_SILENT -> Set.of(MigrationCode.PEER_UNREACHABLE, MigrationCode.LINK_LOST);
            case SAYS_SOMETHING_ELSE, SENDS_GARBAGE ->
                Set.of(point == Point.OFFER ? MigrationCode.PEER_PROTOCOL : MigrationCode.PEER_FAILED);
            case GIVES_UP -> Set.of(MigrationCode.PEER_FAILED);
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"ROOTFS", "ROUND", "FINAL"})
    void tellsAPeerThatTalksNonsenseThatItGivesUp(Point point) throws IOException, InterruptedException {
        ScriptedDestination peer = ScriptedDestination.that(point, Deed.SAYS_SOMETHING_ELSE);
        migrate(peer, LONG);
        link.awaitSessions();
        assertThat(peer.told().orElseThrow().details())
                .singleElement()
                .asString()
                .contains("PairAnswer out of turn");
    }

    @Test
    void quotesWhatThePeerSaysOfItsFailure() throws IOException {
        Failure failure = migrate(ScriptedDestination.that(Point.FINAL, Deed.GIVES_UP), LONG)
                .failure()
                .orElseThrow();
        assertThat(failure).hasMessageEndingWith("the peer gave up: no more room");
        assertThat(failure.details()).containsExactly("on /srv");
    }

    @Test
    void hasTheCommitOnItsDiskBeforeItSaysGo() throws IOException {
        List<SourceState> atGo = new ArrayList<>();
        SourceSide[] source = new SourceSide[1];
        ScriptedDestination peer = new ScriptedDestination(
                Point.GO,
                Deed.SAYS_SOMETHING_ELSE,
                Optional.of(Answers.RUNS),
                () -> atGo.add(source[0].record().orElseThrow().state()));
        source[0] = new SourceSide(root, trees, Steps.undisturbed(), link, LONG);
        link.listen(peer, _ -> {});
        source[0].migrate();
        assertThat(atGo).containsExactly(new SourceState.Committed());
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void letsTheCopyDieWhenTheDestinationSaysThatItRuns(Deed deed) throws IOException {
        SourceSide source = migrateBeyondTheCommit(deed, Answers.RUNS);
        assertThat(source.failure()).isEmpty();
        assertThat(source.result()).isPresent();
        assertThat(source.host.verdicts()).containsExactly(DumpVerdict.KILL);
        assertThat(trees.source().exists()).isFalse();
        assertThat(source.record().orElseThrow().state()).isEqualTo(new SourceState.Completed());
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void takesTheContainerBackWhenTheDestinationSaysThatItNeverRan(Deed deed) throws IOException {
        SourceSide source = migrateBeyondTheCommit(deed, Answers.NEVER_RAN);
        Failure failure = source.failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(MigrationCode.PEER_FAILED);
        assertThat(failure).hasMessageContaining("did not migrate, it runs at the source");
        assertThat(source.host.verdicts()).containsExactly(DumpVerdict.THAW);
        assertThat(trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
        assertThat(source.record().orElseThrow().state()).isEqualTo(new SourceState.Aborted());
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "CLOSES, undecided",
                "CLOSES, unknown",
                "STAYS_SILENT, undecided",
                "GIVES_UP, undecided",
                "CLOSES, maybe",
                "CLOSES, -"
            },
            nullValues = "-")
    void leavesTheCopyFrozenWhenNobodyKnows(Deed deed, String verdict) throws IOException {
        List<ScriptedDestination> peers = new ArrayList<>();
        SourceSide source = migrateBeyondTheCommit(
                () -> {
                    peers.add(new ScriptedDestination(Point.GO, deed, Optional.ofNullable(verdict), () -> {}));
                    return peers.getLast();
                },
                asked -> asked.asked() > 0);
        ScriptedDestination peer = peers.getLast();
        Failure failure = source.failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(MigrationCode.IN_DOUBT);
        assertThat(failure)
                .hasMessageContaining("it is frozen at the source until the destination says whether it runs there")
                .hasMessageContaining("destination:7070");
        assertThat(source.host.verdicts()).containsExactly(DumpVerdict.LEAVE_FROZEN);
        assertThat(trees.source()).isEqualTo(new Trees.Source(true, false, true, false));
        assertThat(source.record().orElseThrow().state()).isEqualTo(new SourceState.Committed());
        assertThat(source.events.getLast()).isEqualTo(new ProgressEvent.Ended(Place.IN_DOUBT, failure.getMessage()));
        assertThat(peer.asked()).isPositive();
        assertThat(peer.told()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"OFFER", "ROOTFS", "ROUND", "FINAL"})
    void isGivenUpWhileItWaitsForAPeerThatSaysNothing(Point point) throws IOException, InterruptedException {
        SourceSide[] source = new SourceSide[1];
        ScriptedDestination peer = new ScriptedDestination(
                point, Deed.STAYS_SILENT, Optional.empty(), () -> source[0].cancel.cancel("the signal INT"));
        source[0] = new SourceSide(root, trees, Steps.undisturbed(), link, LONG);
        link.listen(peer, _ -> {});
        source[0].migrate();
        link.awaitSessions();

        Failure failure = source[0].failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(MigrationCode.CANCELLED);
        assertThat(failure)
                .hasMessage("container \"web\" did not migrate, " + whereabouts(point) + ": "
                        + "the migration was cancelled by the signal INT");
        assertThat(trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
        assertThat(peer.told().orElseThrow().details())
                .containsExactly("the migration was cancelled by the signal INT");
    }

    @Test
    void asksAgainUntilTheDestinationHasDecided() throws IOException {
        List<Integer> asked = new ArrayList<>();
        migrateBeyondTheCommit(
                () -> new ScriptedDestination(Point.GO, Deed.CLOSES, Optional.of(Answers.UNDECIDED), () -> {}),
                peer -> asked.add(peer.asked()) && peer.asked() > 1);
        assertThat(asked.getLast()).isGreaterThan(1);
    }
}
