package io.jmigrate.migration.journal;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The destination's record.
 *
 * @param peer the source's address and port of this connection, for people
 * @param owner the node service
 * @param bundle directory of the container's config, and of its root filesystem if that was copied
 * @param images directory of CRIU's images, in memory
 * @param restoreLog CRIU's log of the restore
 * @param tree the restored root process, known from Held on
 * @param report what was measured so far
 * @param group with whom it arrives, if not alone
 * @param secret what the source's connections are joined by
 * @param mode of one that starts anew here; others have none
 * @param boot the run of the host's kernel in which it arrived, as random(4) names it; records of older versions have none
 */
public record DestinationRecord(
        MigrationId id,
        String container,
        String peer,
        ProcessRef owner,
        Path bundle,
        Path images,
        Path restoreLog,
        Optional<ProcessRef> tree,
        DestinationState state,
        Instant startedAt,
        Instant changedAt,
        Optional<MigrationReport> report,
        Optional<GroupId> group,
        Optional<String> secret,
        Optional<MigrateMode> mode,
        Optional<String> boot)
        implements JournalRecord {
    /** Of a migration of which nothing was measured yet. */
    public DestinationRecord(
            MigrationId id,
            String container,
            String peer,
            ProcessRef owner,
            Path bundle,
            Path images,
            Path restoreLog,
            Optional<ProcessRef> tree,
            DestinationState state,
            Instant startedAt,
            Instant changedAt) {
        this(
                id,
                container,
                peer,
                owner,
                bundle,
                images,
                restoreLog,
                tree,
                state,
                startedAt,
                changedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public DestinationRecord in(DestinationState next, Instant now) {
        return with(next, now, tree, report, group, secret, mode, boot);
    }

    /** Held, with this root process. */
    public DestinationRecord holding(ProcessRef root) {
        return with(Optional.of(root), report, group, secret, mode, boot);
    }

    /** With what was measured so far. */
    public DestinationRecord reporting(MigrationReport measured) {
        return with(tree, Optional.of(measured), group, secret, mode, boot);
    }

    /** It arrives with these. */
    public DestinationRecord in(Optional<GroupId> together) {
        return with(tree, report, together, secret, mode, boot);
    }

    /** The source's connections are joined by this. */
    public DestinationRecord joinedBy(String word) {
        return with(tree, report, group, Optional.of(word), mode, boot);
    }

    /** Whether its programs begin anew. */
    public DestinationRecord startingAnew(boolean anew) {
        return with(tree, report, group, secret, anew ? Optional.of(MigrateMode.RESTART) : Optional.empty(), boot);
    }

    /** It arrives in this run of its host's kernel. */
    public DestinationRecord bootedAs(String run) {
        return with(tree, report, group, secret, mode, Optional.of(run));
    }

    /** Whether nothing is restored: it is made here, and started. */
    public boolean startsAnew() {
        return mode.filter(MigrateMode::startsAnew).isPresent();
    }

    private DestinationRecord with(
            Optional<ProcessRef> root,
            Optional<MigrationReport> measured,
            Optional<GroupId> together,
            Optional<String> word,
            Optional<MigrateMode> how,
            Optional<String> run) {
        return with(state, changedAt, root, measured, together, word, how, run);
    }

    private DestinationRecord with(
            DestinationState next,
            Instant now,
            Optional<ProcessRef> root,
            Optional<MigrationReport> measured,
            Optional<GroupId> together,
            Optional<String> word,
            Optional<MigrateMode> how,
            Optional<String> run) {
        return new DestinationRecord(
                id,
                container,
                peer,
                owner,
                bundle,
                images,
                restoreLog,
                root,
                next,
                startedAt,
                now,
                measured,
                together,
                word,
                how,
                run);
    }

    @Override
    public String side() {
        return "destination";
    }

    @Override
    public String stateName() {
        return StateNames.of(state);
    }

    @Override
    public String whereabouts() {
        return state.whereabouts();
    }

    @Override
    public boolean ended() {
        return state.ended();
    }

    @Override
    public boolean binds() {
        return !(state instanceof DestinationState.NotYet);
    }
}
