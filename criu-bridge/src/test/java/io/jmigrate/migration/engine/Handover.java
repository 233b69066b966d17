package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.pages.kept.KeptPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Both engines, their journals on a disk, a link in memory between them and simulated hosts below them: one migration, with some
 * trouble in it, and what recovery makes of it.
 */
final class Handover implements AutoCloseable {
    /** A peer that is there answers within it on the slowest machine. */
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(5);

    private static final Path MEMORY = Path.of("/dev/shm");
    final Trees trees = new Trees();
    final Steps sourceSteps;
    final Steps destinationSteps;
    final SourceSide source;
    private final Trouble trouble;
    private final Duration patience;
    private final Path directory;
    final DestinationSide destination;
    private final MemoryLink link = new MemoryLink();

    Handover(Trouble trouble, Duration patience) throws IOException {
        this(trouble, patience, MigrateMode.PRE_COPY);
    }

    Handover(Trouble trouble, Duration patience, MigrateMode mode) throws IOException {
        this.trouble = trouble;
        this.patience = patience;
        this.directory = Files.createTempDirectory(Files.isWritable(MEMORY) ? MEMORY : tmp(), "handover");
        for (String name : List.of("source", "destination")) {
            Files.createDirectory(directory.resolve(name));
        }
        this.destination = new DestinationSide(directory.resolve("destination"), trees, link);
        this.sourceSteps = Steps.with(trouble.source(), trouble.sourceAt(), this::sourceMishap, this::sourceDied);
        this.destinationSteps = Steps.with(
                trouble.destination(), trouble.destinationAt(), this::destinationMishap, this::destinationDied);
        this.source = new SourceSide(directory.resolve("source"), trees, sourceSteps, link, patience);
        source.mode = trouble.following() ? MigrateMode.HYBRID : mode;
        if (mode.startsAnew()) {
            source.host = new FakeRestart(trees, sourceSteps, SourceSide.ROOTFS, false);
        }
        link.breakAfter(trouble.linkAfter(), trouble.silently());
        destination.serve(destinationSteps, patience);
    }

    private static Path tmp() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private void sourceDied() {
        FakeSource.clientDies(trees);
        link.lose(trouble.silently());
    }

    private void destinationDied() {
        link.deafen();
        if (trouble.withCriu()) {
            destination.criu().dies();
        }
        link.lose(trouble.silently());
    }

    /** A journal's file can't be made where a directory has its name. */
    private Path obstacle(String side) {
        return directory.resolve(side + "/migrations/" + source.id + "." + side + ".json.new");
    }

    private void sourceMishap() {
        if (trouble.source() == Fault.CANCEL) {
            source.cancel.cancel("a test");
        } else {
            fillDisk("source");
        }
    }

    private void destinationMishap() {
        if (trouble.destination() != Fault.CANCEL) {
            fillDisk("destination");
        }
    }

    private void fillDisk(String side) {
        try {
            Files.createDirectories(obstacle(side));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both engines until both have ended, whichever way. */
    Handover run() throws IOException, InterruptedException {
        try {
            source.migrate();
        } catch (MemoryLink.Killed _) {
            // as it was asked for
        }
        link.awaitSessions();
        return this;
    }

    /** The destination has kept these of the container. */
    Handover withKept(KeptPages pages) {
        destination.hasKept(pages);
        return this;
    }

    int frames() {
        return link.carried();
    }

    /** All frames, encoded. */
    List<byte[]> recorded() {
        return link.recorded();
    }

    /** The frame after so many is damaged. */
    Handover damagedAfter(int frames) {
        link.damageAfter(frames);
        return this;
    }

    /** The service at the destination dies at the first step of this name. */
    Handover diesAtDestination(String step) {
        destinationSteps.dieAt(step);
        return this;
    }

    /** Who brings memory at the destination is killed, and the tree with it. */
    Handover losesMemory(FakeCriu.Loss when) {
        destination.criu().loseMemory(when);
        return this;
    }

    /** The tree at the destination ends while nobody watches. @param rebooted with its host, so that what was in memory is gone */
    void endsAtDestination(boolean rebooted) {
        trees.destination(Trees.Destination.NONE);
        if (rebooted) {
            Directories.remove(destination.images());
        }
    }

    /** The destination's host has no power for a moment: what was not synced to its disk is not there, as CRIU's log. */
    void losesPowerAtDestination() {
        endsAtDestination(true);
        destinationRecord().ifPresent(entry -> {
            destination.journals().save(entry.bootedAs("an earlier one"));
            Directories.remove(entry.restoreLog());
        });
    }

    /** Connections overtake each other. */
    Handover delayed(long seed) {
        link.delay(seed);
        return this;
    }

    Optional<DestinationRecord> destinationRecord() {
        return destination.record(source.id);
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
        destination.serve(Steps.undisturbed(), RECOVERY_PATIENCE);
    }

    /** The destination, for a command that says no more than a test has it say. */
    Peer peer() {
        link.callAs(_ -> {});
        return SourceSide.peer(link, Steps.undisturbed(), RECOVERY_PATIENCE);
    }

    List<RecoveryOutcome> recoverSource() {
        return recovery("source", Steps.undisturbed());
    }

    List<RecoveryOutcome> takeBackSource() {
        return recovery("source", Steps.undisturbed(), true);
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
        return recovery(side, steps, false);
    }

    private List<RecoveryOutcome> recovery(String side, Steps steps, boolean takeBack) {
        link.callAs(steps::take);
        SourceHost host = new SourceHost() {
            @Override
            public Optional<SourceNode> copy(SourceRecord entry) {
                return trees.source().exists() ? Optional.of(left(entry, steps)) : Optional.empty();
            }

            @Override
            public Peer peer(SourceRecord entry) {
                return SourceSide.peer(link, steps, RECOVERY_PATIENCE);
            }

            @Override
            public void forgetKept(SourceRecord entry) {}

            @Override
            public void removeImages(MigrationId migration) {}
        };
        Path root = directory.resolve(side);
        return new LocalRecovery(Journals.at(root), host, destination.host(steps, List.of()), RECOVERY_PATIENCE)
                .run(new RecoverRequest(root, Optional.empty(), takeBack));
    }

    private SourceNode left(SourceRecord entry, Steps steps) {
        return entry.startsAnew()
                ? new FakeRestart(trees, steps, SourceSide.ROOTFS, entry.wasStopped())
                : new FakeSource(trees, steps, SourceSide.ROOTFS);
    }

    /** What went wrong, for the message of a test that fails. */
    @Override
    public String toString() {
        return trouble + "\n source: " + sourceSteps + "\n destination: " + destinationSteps + "\n " + trees;
    }

    /** A service may still be writing down what it was last asked. */
    @Override
    public void close() {
        link.hangUp();
        try {
            link.awaitSessions();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        Directories.remove(directory);
    }
}
