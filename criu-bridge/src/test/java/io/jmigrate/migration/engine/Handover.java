package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Both engines, their journals on a disk, a link in memory between them and simulated hosts below them: one migration, with some
 * trouble in it, and what recovery makes of it.
 */
final class Handover implements AutoCloseable {
    private static final PeerAddress ADDRESS = new PeerAddress("destination", 7070);
    /** A peer that is there answers within it on the slowest machine. */
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(5);

    private static final Path MEMORY = Path.of("/dev/shm");
    /** Older than a test, so that it is not sent again as one that may just have changed. */
    private static final Path ROOTFS = resource("/handover-rootfs");

    final Trees trees = new Trees();
    final MigrationId id = MigrationId.random();
    final List<ProgressEvent> events = new ArrayList<>();
    final Steps sourceSteps;
    final Steps destinationSteps;
    final FakeSource source;
    private final Trouble trouble;
    private final Duration patience;
    private final Path directory;
    private final FakeDestination.Criu criu;
    private final MemoryLink link = new MemoryLink();
    private Optional<MigrationResult> result = Optional.empty();
    private Optional<Failure> failure = Optional.empty();

    Handover(Trouble trouble, Duration patience) throws IOException {
        this.trouble = trouble;
        this.patience = patience;
        this.directory = Files.createTempDirectory(Files.isWritable(MEMORY) ? MEMORY : tmp(), "handover");
        for (String name : List.of("source", "destination", "images")) {
            Files.createDirectory(directory.resolve(name));
        }
        this.criu = new FakeDestination.Criu(trees, directory.resolve("destination"));
        this.sourceSteps = Steps.with(trouble.source(), trouble.sourceAt(), () -> fillDisk("source"), this::sourceDied);
        this.destinationSteps = Steps.with(
                trouble.destination(), trouble.destinationAt(), () -> fillDisk("destination"), this::destinationDied);
        link.callAs(sourceSteps::take);
        this.source = new FakeSource(trees, sourceSteps, ROOTFS);
        link.breakAfter(trouble.linkAfter(), trouble.silently());
        serve(destinationSteps, patience);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Handover.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Path tmp() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private void serve(Steps steps, Duration patience) {
        NodeServeRequest request = new NodeServeRequest(
                ADDRESS,
                directory.resolve("destination"),
                new LandingPolicy(directory.resolve("destination"), List.of()),
                true,
                patience,
                patience);
        NodeSessions node = new NodeSessions(request, destination(steps));
        link.listen(node::serve, steps::take);
    }

    private FakeDestination destination(Steps steps) {
        return new FakeDestination(trees, steps, directory.resolve("destination"), criu, List.of());
    }

    private void sourceDied() {
        FakeSource.clientDies(trees);
        loseConnections();
    }

    private void destinationDied() {
        link.deafen();
        if (trouble.withCriu()) {
            criu.dies();
        }
        loseConnections();
    }

    private void loseConnections() {
        if (trouble.silently()) {
            link.breakAfter(0, true);
        } else {
            link.hangUp();
        }
    }

    /** A journal's file can't be made where a directory has its name. */
    private Path obstacle(String side) {
        return directory.resolve(side + "/migrations/" + id + "." + side + ".json.new");
    }

    private void fillDisk(String side) {
        try {
            Files.createDirectories(obstacle(side));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both engines until both have ended, whichever way. */
    Handover run() throws InterruptedException {
        try {
            migrate();
        } catch (MemoryLink.Killed _) {
            // as it was asked for
        }
        link.awaitSessions();
        return this;
    }

    private void migrate() {
        MigrateRequest request = new MigrateRequest(
                directory.resolve("source"), FakeSource.CONTAINER, ADDRESS, RootfsMode.COPY, true, patience);
        try (SourceCourse course = new SourceCourse(sourceJournals(), this::told, firstRecord());
                Peer peer = peer(sourceSteps, patience)) {
            result = Optional.of(
                    new SourceMigration(request, id, source, peer, course, directory.resolve("images")).run());
        } catch (Failure e) {
            failure = Optional.of(e);
        }
    }

    private SourceRecord firstRecord() {
        Instant now = Instant.now();
        return new SourceRecord(
                id,
                FakeSource.CONTAINER,
                ADDRESS.toString(),
                true,
                new ProcessRef(1, 1),
                Optional.empty(),
                SourceState.preflight(),
                now,
                now);
    }

    private void told(ProgressEvent event) {
        events.add(event);
        sourceSteps.take("tell of " + event);
    }

    private Peer peer(Steps steps, Duration patience) {
        return new RemotePeer(
                link::connect,
                () -> {
                    if (!steps.dead()) {
                        link.hangUp();
                    }
                },
                patience);
    }

    int frames() {
        return link.carried();
    }

    Optional<MigrationResult> result() {
        return result;
    }

    Optional<Failure> failure() {
        return failure;
    }

    Journals sourceJournals() {
        return Journals.at(directory.resolve("source"));
    }

    Optional<SourceRecord> sourceRecord() {
        return sourceJournals().source(id);
    }

    Optional<DestinationRecord> destinationRecord() {
        return Journals.at(directory.resolve("destination")).destination(id);
    }

    /** {@code migration recover} at the source while the destination can't be reached. */
    List<RecoveryOutcome> recoverSourceAlone() {
        Directories.remove(obstacle("source"));
        link.breakAfter(0, false);
        return recoverSource();
    }

    /** The link works again, a new node service runs at the destination, and the disks have room. */
    void repair() {
        Directories.remove(obstacle("source"));
        Directories.remove(obstacle("destination"));
        link.repair();
        serve(Steps.undisturbed(), RECOVERY_PATIENCE);
    }

    List<RecoveryOutcome> recoverSource() {
        return recovery("source", Steps.undisturbed());
    }

    List<RecoveryOutcome> recoverDestination() {
        return recovery("destination", Steps.undisturbed());
    }

    /** A recovery that dies at one of its steps. */
    void recoverAndDie(String side, int step) {
        try {
            recovery(side, Steps.with(Fault.DEATH, step, () -> {}, () -> {}));
        } catch (MemoryLink.Killed _) {
            // as it was asked for
        }
    }

    private List<RecoveryOutcome> recovery(String side, Steps steps) {
        FakeSource copy = new FakeSource(trees, steps, ROOTFS);
        link.callAs(steps::take);
        SourceHost host = new SourceHost() {
            @Override
            public Optional<SourceNode> copy(SourceRecord entry) {
                return trees.source().exists() ? Optional.of(copy) : Optional.empty();
            }

            @Override
            public Peer peer(SourceRecord entry) {
                return Handover.this.peer(steps, RECOVERY_PATIENCE);
            }

            @Override
            public void removeImages(MigrationId migration) {}
        };
        Path root = directory.resolve(side);
        return new LocalRecovery(Journals.at(root), host, destination(steps), RECOVERY_PATIENCE)
                .run(new RecoverRequest(root, Optional.empty()));
    }

    /** What went wrong, for the message of a test that fails. */
    @Override
    public String toString() {
        return trouble + "\n source: " + sourceSteps + "\n destination: " + destinationSteps + "\n " + trees;
    }

    @Override
    public void close() {
        Directories.remove(directory);
    }
}
