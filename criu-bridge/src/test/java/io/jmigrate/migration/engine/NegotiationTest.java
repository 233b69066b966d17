package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two ends find out about each other before a byte of the container moves. */
class NegotiationTest {
    private static final Duration LONG = Patience.LIMIT;

    @TempDir
    private Path root;

    private final Trees trees = new Trees();
    private final MemoryLink link = new MemoryLink();
    private final MigrationId id = MigrationId.random();
    private DestinationSide destination;
    private SourceSide source;

    @BeforeEach
    void makeBoth() throws IOException {
        destination = new DestinationSide(Files.createDirectory(root.resolve("destination")), trees, link);
        source = new SourceSide(Files.createDirectory(root.resolve("source")), trees, Steps.undisturbed(), link, LONG);
    }

    /** The service writes below the test's directory, which is removed next. */
    @AfterEach
    void endAllSessions() throws InterruptedException {
        link.hangUp();
        link.awaitSessions();
        destination.end();
    }

    private List<Check> inspect() {
        MigrateRequest request =
                new MigrateRequest(root, FakeSource.CONTAINER, SourceSide.ADDRESS, RootfsMode.COPY, true, LONG);
        try (Control control = link.connect(Role.CONTROL).control()) {
            return new Negotiation(request, id, source.host, control, Optional.empty()).inspect();
        }
    }

    @Test
    void anInspectionTellsOfBothEndsAndDoesNothing() throws InterruptedException {
        destination.serveWith(List.of("it is full"), LONG);
        source.host.obstruct(List.of("it holds a device"));
        assertThat(inspect())
                .containsExactly(
                        Check.blocker(End.SOURCE, "container", "it holds a device", "end it"),
                        Check.blocker(End.DESTINATION, "test", "it is full", "mend it"),
                        Check.passed(End.DESTINATION, "clock", "it differs by less than a second from the source's"));
        link.awaitSessions();
        assertThat(destination.journals().list()).isEmpty();
        assertThat(destination.bundle()).doesNotExist();
        assertThat(trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
    }

    @Test
    void moreNamesThanTheHeapHasRoomForStandAgainstIt() {
        destination.serve(Steps.undisturbed(), LONG);
        source.host.names(1L << 40);
        assertThat(inspect()).first().satisfies(check -> {
            assertThat(check.end()).isEqualTo(End.SOURCE);
            assertThat(check.forbids()).isTrue();
            assertThat(check.finding()).contains("1099511627776 names");
        });
    }

    @Test
    void aContainerWhoseMemoryArrivesIsWaitedForBeforeAnythingIsLookedAt() throws Exception {
        destination.serve(Steps.undisturbed(), LONG);
        source.host.arriveWithin(3);
        source.migrate();
        link.awaitSessions();
        assertThat(source.failure()).isEmpty();
        assertThat(source.events)
                .filteredOn(ProgressEvent.Waiting.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aMigrationThatWaitsForMemoryCanBeGivenUp() throws Exception {
        source.host.arriveWithin(Integer.MAX_VALUE);
        source.cancel.cancel("a test");
        source.migrate();
        assertThat(source.failure().orElseThrow().code()).isEqualTo(MigrationCode.CANCELLED);
        assertThat(trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
    }

    @Test
    void memoryThatDoesNotComeIsNotWaitedForForever() throws Exception {
        source = new SourceSide(
                Files.createDirectory(root.resolve("hasty")), trees, Steps.undisturbed(), link, Duration.ofMillis(50));
        source.host.arriveWithin(Integer.MAX_VALUE);
        source.migrate();
        assertThat(source.failure().orElseThrow())
                .hasMessageContaining("it is at the source as before: its memory is still arriving")
                .extracting(Failure::code)
                .isEqualTo(MigrationCode.STILL_ARRIVING);
    }

    @Test
    void aMigrationThatCannotBeIsRefusedWithAllProblemsOfBothEnds() throws Exception {
        destination.serveWith(List.of("it is full", "it has no bridge"), LONG);
        source.host.obstruct(List.of("it holds a device"));
        source.migrate();
        Failure failure = source.failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(MigrationCode.PREFLIGHT);
        assertThat(failure).hasMessageContaining("it is at the source as before");
        assertThat(failure.details())
                .containsExactly(
                        "at the source: it holds a device (end it)",
                        "at the destination: it is full (mend it)",
                        "at the destination: it has no bridge (mend it)");
        assertThat(source.events).noneMatch(ProgressEvent.Sent.class::isInstance);
        assertThat(destination.journals().list()).isEmpty();
    }
}
