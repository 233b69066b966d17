package io.jmigrate.migration.engine;

import io.jmigrate.criu.RestoreOutcome;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.JournalRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.policy.DestinationAction;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.policy.DestinationFacts;
import io.jmigrate.migration.policy.DestinationRecovery;
import io.jmigrate.migration.policy.SourceAction;
import io.jmigrate.migration.policy.SourceRecovery;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Recovers migrations of this host's runtime root. */
public final class LocalRecovery implements RecoverMigrations {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final MigrationHost host;
    private final Journals journals;
    private final DestinationNode node;

    public LocalRecovery(MigrationHost host) {
        this.host = host;
        this.journals = Journals.at(host.root());
        this.node = new LocalDestination(host, new LandingPolicy(host.root(), List.of()));
    }

    @Override
    public List<RecoveryOutcome> run(RecoverRequest request) {
        List<RecoveryOutcome> outcomes = new ArrayList<>();
        for (JournalRecord entry : journals.list()) {
            boolean asked = request.migration().map(id -> id.equals(entry.id())).orElse(true);
            if (asked && !entry.ended()) {
                switch (entry) {
                    case SourceRecord source -> outcomes.add(recover(source));
                    case DestinationRecord destination -> recover(destination).ifPresent(outcomes::add);
                }
            }
        }
        return List.copyOf(outcomes);
    }

    private RecoveryOutcome recover(SourceRecord entry) {
        SourceAction action = SourceRecovery.decide(entry.state(), Processes.alive(entry.owner()));
        Optional<LocalSource> copy = copy(entry);
        if (action instanceof SourceAction.Ask ask) {
            action = ask(entry, ask.state(), copy.map(LocalSource::alive).orElse(false));
        }
        RecoveryOutcome outcome = act(entry, action, copy);
        if (outcome.settled()) {
            Directories.remove(LocalMigrate.outgoing(entry.id()));
        }
        return outcome;
    }

    private Optional<LocalSource> copy(SourceRecord entry) {
        try {
            return Optional.of(new LocalSource(host, ContainerId.of(entry.container())));
        } catch (Failure e) {
            if (e.code() == RuntimeCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private SourceAction ask(SourceRecord entry, SourceState.Committed state, boolean copyAlive) {
        try (Wire wire = Wire.open(LocalMigrate.security(host.root(), entry.insecure()))) {
            Peer peer = new RemotePeer(wire, PeerAddress.parse(entry.peer()), MigrateRequest.DEFAULT_PATIENCE);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                DestinationAnswer answer = peer.ask(entry.id(), entry.container());
                SourceAction action = SourceRecovery.decide(state, answer, copyAlive);
                if (!(action instanceof SourceAction.AskAgain) || System.nanoTime() > deadline) {
                    return action;
                }
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
        }
    }

    private RecoveryOutcome act(SourceRecord entry, SourceAction action, Optional<LocalSource> copy) {
        return switch (action) {
            case SourceAction.LetRun letRun -> {
                copy.ifPresent(LocalSource::unlock);
                copy.ifPresent(LocalSource::thaw);
                copy.ifPresent(LocalSource::linkUp);
                journals.save(entry.in(letRun.next(), Instant.now()));
                yield outcome(entry, Place.SOURCE, true, "it runs at the source");
            }
            case SourceAction.KillCopy kill -> {
                copy.ifPresent(LocalSource::killFrozen);
                copy.ifPresent(LocalSource::delete);
                journals.save(entry.in(kill.next(), Instant.now()));
                yield outcome(entry, Place.DESTINATION, true, "it runs at the destination");
            }
            case SourceAction.Lost lost -> {
                journals.save(entry.in(lost.next(), Instant.now()));
                yield outcome(entry, Place.SOURCE, true, "the destination never ran it and its copy here is gone");
            }
            case SourceAction.StayFrozen stay ->
                outcome(entry, Place.IN_DOUBT, false, "it stays frozen at the source: " + stay.why());
            case SourceAction.AskAgain _, SourceAction.Ask _ ->
                outcome(entry, Place.IN_DOUBT, false, "it stays frozen, the destination has not decided yet");
            case SourceAction.LeaveToOwner _, SourceAction.Nothing _ ->
                outcome(
                        entry,
                        entry.state().place(),
                        false,
                        "the process " + entry.owner().pid() + " is migrating it");
        };
    }

    private static RecoveryOutcome outcome(JournalRecord entry, Place place, boolean settled, String message) {
        return new RecoveryOutcome(entry.id(), entry.container(), place, settled, message);
    }

    /** Settles what a node service that has died left behind, as far as that is possible now. */
    void settleDestination(MigrationId id) {
        journals.destination(id).ifPresent(this::recover);
    }

    private synchronized Optional<RecoveryOutcome> recover(DestinationRecord entry) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            DestinationAction action = DestinationRecovery.decide(entry.state(), facts(entry));
            if (!(action instanceof DestinationAction.Wait) || System.nanoTime() > deadline) {
                return act(entry, action);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private DestinationFacts facts(DestinationRecord entry) {
        boolean owner = Processes.alive(entry.owner()) && !entry.owner().equals(ThisHost.process());
        boolean restorer = LogWriters.exist(entry.restoreLog());
        boolean tree = entry.tree().map(Processes::alive).orElse(false);
        boolean resumed = RestoreOutcome.fromLog(entry.restoreLog()) == RestoreOutcome.RESUMED;
        return new DestinationFacts(owner, restorer, tree, resumed);
    }

    private Optional<RecoveryOutcome> act(DestinationRecord entry, DestinationAction action) {
        return switch (action) {
            case DestinationAction.GiveUp giveUp -> {
                entry.tree().filter(Processes::alive).ifPresent(LocalRecovery::kill);
                journals.save(entry.in(giveUp.next(), Instant.now()));
                node.discard(entry);
                yield Optional.of(outcome(entry, Place.SOURCE, true, "it never ran at the destination"));
            }
            case DestinationAction.FinishRunning finish -> {
                node.adopt(entry);
                journals.save(entry.in(finish.next(), Instant.now()));
                yield Optional.of(outcome(entry, Place.DESTINATION, true, "it runs at the destination"));
            }
            case DestinationAction.Wait _, DestinationAction.LeaveToOwner _ ->
                Optional.of(outcome(entry, Place.IN_DOUBT, false, "it is being restored at the destination"));
            case DestinationAction.Nothing _ -> Optional.empty();
        };
    }

    private static void kill(ProcessRef root) {
        Processes.kill(root, Signal.KILL);
    }
}
