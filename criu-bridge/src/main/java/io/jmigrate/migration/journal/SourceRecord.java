package io.jmigrate.migration.journal;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.DestinationOwns;
import io.jmigrate.migration.state.SourceOwns;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.linux.ProcessRef;
import java.time.Instant;
import java.util.Optional;

/**
 * The source's record.
 *
 * @param peer where the destination's node service listens, as asked for
 * @param insecure whether the peer is asked in plaintext
 * @param owner the process that migrates
 * @param tree the container's root process, if it had one: a container of this name with another one is not the one that migrated
 * @param report what was measured so far
 * @param usual what processor time it could use before the migration slowed it
 * @param group with whom it leaves, if not alone
 * @param secret what its connections are joined by; memory that follows a container needs it after a crash
 * @param mode when its memory goes, if it does; records of older versions have none
 * @param created when the container was made, by which it is known whatever processes it has; records of older versions have none
 */
public record SourceRecord(
        MigrationId id,
        String container,
        String peer,
        boolean insecure,
        ProcessRef owner,
        Optional<ProcessRef> tree,
        SourceState state,
        Instant startedAt,
        Instant changedAt,
        Optional<MigrationReport> report,
        Optional<CpuQuota> usual,
        Optional<GroupId> group,
        Optional<String> secret,
        Optional<MigrateMode> mode,
        Optional<Instant> created)
        implements JournalRecord {
    /** Of a migration of which nothing was measured yet. */
    public SourceRecord(
            MigrationId id,
            String container,
            String peer,
            boolean insecure,
            ProcessRef owner,
            Optional<ProcessRef> tree,
            SourceState state,
            Instant startedAt,
            Instant changedAt) {
        this(
                id,
                container,
                peer,
                insecure,
                owner,
                tree,
                state,
                startedAt,
                changedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public SourceRecord in(SourceState next, Instant now) {
        return new SourceRecord(
                id, container, peer, insecure, owner, tree, next, startedAt, now, report, usual, group, secret, mode,
                created);
    }

    /** With what was measured so far. */
    public SourceRecord reporting(MigrationReport measured) {
        return with(Optional.of(measured), usual, group, secret, mode, created);
    }

    /** It is about to be slowed. */
    public SourceRecord slowed(CpuQuota before) {
        return with(report, Optional.of(before), group, secret, mode, created);
    }

    /** It leaves with these. */
    public SourceRecord in(Optional<GroupId> together) {
        return with(report, usual, together, secret, mode, created);
    }

    /** Its connections are joined by this. */
    public SourceRecord joinedBy(String word) {
        return with(report, usual, group, Optional.of(word), mode, created);
    }

    /** It goes like this. */
    public SourceRecord by(MigrateMode how) {
        return with(report, usual, group, secret, Optional.of(how), created);
    }

    /** Of a container that was made then. */
    public SourceRecord madeAt(Instant time) {
        return with(report, usual, group, secret, mode, Optional.of(time));
    }

    /** Whether the container that was made then, and has its name, is the one that was leaving. */
    public boolean isOfOneMadeAt(Instant time) {
        return created.map(time::equals)
                .orElseGet(() -> time.isBefore(startedAt)); // all that an older version has noted
    }

    /** Whether it is ended here and started anew there. */
    public boolean startsAnew() {
        return mode.filter(MigrateMode::startsAnew).isPresent();
    }

    /** Whether it was ended for that, or may have been: it does not run before it is started again. */
    public boolean wasStopped() {
        return startsAnew() && mayStandStill();
    }

    /** Whether the migration has begun to stop it, or may have. */
    public boolean mayStandStill() {
        return !(state instanceof SourceState.Preflight || state instanceof SourceState.PreCopy);
    }

    /** As its group has decided, which it has not written down itself, or could not: it may run at the destination. */
    SourceRecord decided() {
        return state instanceof SourceOwns && !ended() ? in(new SourceState.Committed(), changedAt) : this;
    }

    private SourceRecord with(
            Optional<MigrationReport> measured,
            Optional<CpuQuota> before,
            Optional<GroupId> together,
            Optional<String> word,
            Optional<MigrateMode> how,
            Optional<Instant> made) {
        return new SourceRecord(
                id, container, peer, insecure, owner, tree, state, startedAt, changedAt, measured, before, together,
                word, how, made);
    }

    @Override
    public String side() {
        return "source";
    }

    @Override
    public String stateName() {
        return StateNames.of(state);
    }

    @Override
    public String whereabouts() {
        if (!startsAnew()) {
            return state.whereabouts();
        }
        return switch (state.place()) {
            case SOURCE_FROZEN -> "it was stopped at the source, where it is to be started again";
            case IN_DOUBT -> "it is stopped at the source until the destination says whether it runs there";
            case SOURCE -> endedOnce() ? "it was started again at the source" : state.whereabouts();
            default -> state.whereabouts();
        };
    }

    /** By what was measured: a record that has ended does not say how far it had come. */
    private boolean endedOnce() {
        return report.stream()
                .flatMap(measured -> measured.spans().stream())
                .anyMatch(span -> span.step() == Step.STOP);
    }

    @Override
    public boolean ended() {
        return state.ended();
    }

    @Override
    public boolean binds() {
        return state instanceof DestinationOwns
                || state.ended()
                || startsAnew() && state instanceof SourceState.Frozen; // from then on it does not run by itself
    }
}
