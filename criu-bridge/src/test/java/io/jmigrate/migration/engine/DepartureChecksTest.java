package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jmigrate.criu.Outlook;
import io.jmigrate.doctor.ContainerFindings;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.KernelFeature;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.pages.track.TrackingFacts;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DepartureChecksTest {
    private static final Set<KernelFeature> ALL = EnumSet.allOf(KernelFeature.class);

    @Test
    void takesWhatStandsAgainstADumpWithItsRemedy() {
        List<Check> checks = DepartureChecks.of(ContainerFindings.of(new Outlook.OutOfState("created")), ALL);
        assertThat(checks.getFirst().sentence())
                .isEqualTo("at the source: it is created, and only a container that runs can be dumped"
                        + " (start it: jmigrate start)");
        assertThat(checks.getFirst().forbids()).isTrue();
        assertThat(checks).filteredOn(Check::forbids).hasSize(1);
    }

    @Test
    void needsAKernelThatLeavesMemoryAndKeepsConnectionsStill() {
        assertThat(DepartureChecks.of(List.of(), ALL)).noneMatch(Check::forbids);
        assertThat(DepartureChecks.of(List.of(), Set.of()))
                .extracting(Check::subject, Check::forbids)
                .containsExactly(tuple("memory", true), tuple("nftables", true));
    }

    @Test
    void tellsTheTrackerAndWhyItIsNotTheBetterOne() {
        TrackingFacts able = new TrackingFacts("amd64", true, true);
        TrackingFacts old = new TrackingFacts("amd64", false, true);
        assertThat(DepartureChecks.tracker(Optional.empty(), able).sentence())
                .isEqualTo("at the source: uffd: the kernel notes what a process writes to its memory");
        assertThat(DepartureChecks.tracker(Optional.of(TrackerKind.HASH), able))
                .isEqualTo(Check.passed(
                        Check.End.SOURCE,
                        "tracker",
                        "hash: memory is read and compared to find what a process has written, as asked for"));
        assertThat(DepartureChecks.tracker(Optional.empty(), old).result()).isEqualTo(Check.Result.NOTE);
        assertThat(DepartureChecks.tracker(Optional.of(TrackerKind.UFFD), old).forbids())
                .isTrue();
    }

    @Test
    void tellsOfLockedMemoryIfItIsMuch() {
        assertThat(DepartureChecks.locked(64 << 10).result()).isEqualTo(Check.Result.PASSED);
        assertThat(DepartureChecks.locked(8L << 30).result()).isEqualTo(Check.Result.NOTE);
        assertThat(DepartureChecks.locked(8L << 30).sentence()).contains("8192 MiB of its memory are locked");
    }

    @Test
    void letsAPausedContainerGoOnFirst() {
        assertThat(DepartureChecks.outOfState("container \"web\" is paused", "paused")
                        .sentence())
                .isEqualTo("at the source: container \"web\" is paused (let it go on: jmigrate resume)");
    }

    @Test
    void tellsOfWhoeverMayMakeANewOne() {
        Check note = DepartureChecks.monitored("conmon (process 17)");
        assertThat(note.forbids()).isFalse();
        assertThat(note.finding()).startsWith("conmon (process 17) waits for the container's end");
    }
}
