package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.policy.OnStall;
import io.jmigrate.migration.policy.ThrottleSteps;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that was slowed gets back what it could use, whoever ends the migration. */
class SlowingTest {
    private static final MigrationId ID = MigrationId.random();

    @TempDir
    private Path root;

    private Journals journals;
    private FakeSource node;

    @BeforeEach
    void prepare() {
        journals = Journals.at(root);
        node = new FakeSource(new Trees(), Steps.undisturbed(), root);
    }

    private SourceCourse course() {
        Instant now = Instant.now();
        SourceRecord first = new SourceRecord(
                ID,
                FakeSource.CONTAINER,
                "b:7070",
                true,
                new ProcessRef(1, 1),
                Optional.empty(),
                SourceState.preflight(),
                now,
                now);
        return new SourceCourse(journals, ProgressListener.none(), first);
    }

    private List<CpuQuota> limits() {
        return throttle().limits();
    }

    private FakeThrottle throttle() {
        return (FakeThrottle) node.throttle();
    }

    private Slowing slow(SourceCourse course, Grip grip) {
        course.begin();
        course.enter(new SourceState.PreCopy(1));
        Slowing slowing = new Slowing(node.throttle(), grip, course);
        slowing.watch();
        await().until(() ->
                node.throttle().usedNanos() > 100_000_000); // so that what a clock takes to be read doesn't count
        slowing.to(ThrottleSteps.none().further());
        return slowing;
    }

    @Test
    void leavesItTheLimitThatItsUserHasGivenItMeanwhile() {
        CpuQuota users = new CpuQuota(Optional.of(50_000L), 100_000);
        Grip grip = new Grip(node);
        try (SourceCourse course = course()) {
            Slowing slowing = slow(course, grip);
            throttle().update(users);
            assertThat(slowing.to(ThrottleSteps.none().further().further())).isFalse();
        }
        grip.giveTimeBack();
        new RecoverDeparture(journals, new LeftHost(), Duration.ofSeconds(1))
                .run(journals.source(ID).orElseThrow());

        assertThat(limits()).hasSize(2).last().isEqualTo(users);
    }

    @Test
    void leavesItAsItIsWhereItsKernelRefuses() {
        Grip grip = new Grip(node);
        Logger log = Logger.getLogger(SourceCourse.class.getName());
        log.setLevel(Level.OFF);
        throttle().refuse();
        try (SourceCourse course = course()) {
            assertThat(slow(course, grip).to(ThrottleSteps.none().further().further()))
                    .isFalse();
        } finally {
            log.setLevel(null);
        }
        assertThat(grip.loosen()).isEmpty();

        assertThat(limits()).isEmpty();
    }

    @Test
    void givesItAPartOfWhatItUsed() {
        try (SourceCourse course = course()) {
            slow(course, new Grip(node));
        }

        assertThat(limits()).hasSize(1);
        double processors = limits().getFirst().micros().orElseThrow() / (double) FakeThrottle.USUAL.periodMicros();
        assertThat(processors).isBetween(1.4, 1.8); // 80 % of two
    }

    @Test
    void givesItBackAfterAFailure() {
        Grip grip = new Grip(node);
        try (SourceCourse course = course()) {
            slow(course, grip);
        }
        assertThat(grip.loosen()).isEmpty();

        assertThat(limits().getLast()).isEqualTo(FakeThrottle.USUAL);
    }

    @Test
    void givesItBackBeforeItStandsStillAndAgainAfterAFailure() {
        Grip grip = new Grip(node);
        try (SourceCourse course = course()) {
            slow(course, grip);
        }
        grip.giveTimeBack();
        assertThat(limits()).hasSize(2).last().isEqualTo(FakeThrottle.USUAL);
        assertThat(grip.loosen()).isEmpty();
        assertThat(limits()).last().isEqualTo(FakeThrottle.USUAL);
    }

    @Test
    void isFrozenWithWhatItCouldUseBefore() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.onStall = OnStall.THROTTLE;
            handover.source.host.writesTooFast();
            handover.run();

            assertThat(handover.source.result()).isPresent();
            assertThat(handover.source.record().orElseThrow().usual()).contains(FakeThrottle.USUAL);
            assertThat(handover.source.host.frozenWith()).contains(FakeThrottle.USUAL);
        }
    }

    @Test
    void writesItDownFirstSoThatARecoveryGivesItBack() {
        try (SourceCourse course = course()) {
            slow(course, new Grip(node));
        }
        SourceRecord left = journals.source(ID).orElseThrow();
        assertThat(left.usual()).contains(FakeThrottle.USUAL);

        new RecoverDeparture(journals, new LeftHost(), Duration.ofSeconds(1)).run(left);

        assertThat(limits().getLast()).isEqualTo(FakeThrottle.USUAL);
        assertThat(journals.source(ID).orElseThrow().ended()).isTrue();
    }

    /** The host after the migrating process was killed. */
    private final class LeftHost implements SourceHost {
        @Override
        public Optional<SourceNode> copy(SourceRecord entry) {
            return Optional.of(node);
        }

        @Override
        public Peer peer(SourceRecord entry) {
            throw new AssertionError("nobody has to be asked");
        }

        @Override
        public void forgetKept(SourceRecord entry) {
            throw new AssertionError("it has not left");
        }

        @Override
        public void removeImages(MigrationId id) {
            // there are none
        }
    }
}
