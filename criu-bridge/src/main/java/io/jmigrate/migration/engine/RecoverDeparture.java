package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.policy.SourceAction;
import io.jmigrate.migration.policy.SourceRecovery;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.DestinationOwns;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.store.NameLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Ends a migration that left this host and that nobody works on. */
final class RecoverDeparture {
    private static final int ASKS = 150;

    private final Journals journals;
    private final SourceHost host;
    private final Duration patience;
    private final Map<MigrationId, SourceAction> asked = new ConcurrentHashMap<>();

    /** @param patience how long an undecided destination is asked again */
    RecoverDeparture(Journals journals, SourceHost host, Duration patience) {
        this.journals = journals;
        this.host = host;
        this.patience = patience;
    }

    /** What the destination does not tell stays in doubt. @param seen the record as it was found; what counts is the one that is there when nobody else works on it */
    RecoveryOutcome run(SourceRecord seen) {
        return run(seen, false);
    }

    /** @param takeBack whether the copy goes on if the destination does not answer */
    RecoveryOutcome run(SourceRecord seen, boolean takeBack) {
        Optional<NameLock> claim = claim(seen);
        if (claim.isEmpty()) {
            return outcome(
                    seen,
                    seen.state().place(),
                    false,
                    "the process " + seen.owner().pid() + " is migrating it");
        }
        try (NameLock _ = claim.get()) {
            return recover(journals.source(seen.id()).orElse(seen), takeBack);
        }
    }

    /** If who migrates is dead, somebody else recovers it at this moment: that is waited for. */
    private Optional<NameLock> claim(SourceRecord seen) {
        return journals.claim(seen.id(), Side.SOURCE)
                .or(() -> Processes.alive(seen.owner())
                        ? Optional.empty()
                        : journals.claimWithin(patience, seen.id(), Side.SOURCE));
    }

    private RecoveryOutcome recover(SourceRecord entry, boolean takeBack) {
        Optional<SourceNode> copy = host.copy(entry);
        SourceAction action = SourceRecovery.decide(entry.state());
        if (action instanceof SourceAction.Ask ask) {
            boolean alive = copy.map(SourceNode::alive).orElse(false);
            action = answered(entry, ask.state(), alive, takeBack);
        }
        return action instanceof SourceAction.Follow(SourceState.Divided next)
                ? follow(entry.in(next, Instant.now()), next, copy)
                : act(entry, action, copy);
    }

    /** Whoever takes back has asked before, for all members of a group: that counts. */
    private SourceAction answered(SourceRecord entry, SourceState.Open state, boolean copyAlive, boolean takeBack) {
        Optional<SourceAction> before = takeBack ? Optional.ofNullable(asked.remove(entry.id())) : Optional.empty();
        SourceAction answer = before.orElseGet(() -> ask(entry, state, copyAlive));
        if (takeBack) {
            return SourceRecovery.takingBack(state, answer, copyAlive);
        }
        asked.put(entry.id(), answer);
        return answer;
    }

    /** Gives the destination the memory that it lacks. */
    private RecoveryOutcome follow(SourceRecord entry, SourceState.Divided state, Optional<SourceNode> copy) {
        journals.save(entry);
        FaultLatency waited;
        try (Peer peer = host.peer(entry)) {
            waited = new FollowingMemory(
                            entry.id(),
                            entry.secret().orElseThrow(),
                            peer,
                            copy.orElseThrow(),
                            patience,
                            PagesMoved.NONE,
                            _ -> {})
                    .give();
        } catch (Failure lost) {
            return outcome(
                    entry, Place.DIVIDED, false, state.whereabouts() + ", which did not follow: " + lost.getMessage());
        }
        SourceRecord followed = entry.report()
                .map(report -> entry.reporting(report.waitedFor(waited)))
                .orElse(entry);
        return act(followed, new SourceAction.KillCopy(state.running(new DestinationState.Running())), copy);
    }

    private SourceAction ask(SourceRecord entry, SourceState.Open state, boolean copyAlive) {
        try (Peer peer = host.peer(entry)) {
            long deadline = System.nanoTime() + patience.toNanos();
            while (true) {
                SourceAction action = SourceRecovery.decide(state, peer.ask(entry.id(), entry.container()), copyAlive);
                if (!(action instanceof SourceAction.AskAgain) || System.nanoTime() > deadline) {
                    return action;
                }
                LockSupport.parkNanos(patience.toNanos() / ASKS);
            }
        }
    }

    private RecoveryOutcome act(SourceRecord entry, SourceAction action, Optional<SourceNode> copy) {
        return switch (action) {
            case SourceAction.LetRun letRun
            when isSuperseded(entry) -> {
                end(entry, letRun.next());
                yield outcome(entry, Place.SOURCE, true, "a later migration decides where it runs");
            }
            case SourceAction.LetRun letRun -> {
                copy.filter(SourceNode::alive).ifPresent(node -> letRun(node, entry));
                end(entry, letRun.next());
                yield outcome(entry, Place.SOURCE, true, whatRuns(entry, copy));
            }
            case SourceAction.KillCopy kill -> {
                copy.ifPresent(SourceNode::killFrozen);
                copy.map(SourceNode::container).ifPresent(LeavingContainer::delete);
                host.forgetKept(entry);
                end(entry, kill.next());
                yield outcome(entry, Place.DESTINATION, true, "it runs at the destination");
            }
            case SourceAction.Lost lost -> {
                end(entry, lost.next());
                yield outcome(entry, Place.SOURCE, true, "the destination never ran it and its copy here is gone");
            }
            case SourceAction.Over over -> {
                end(entry, over.next());
                yield outcome(entry, Place.DESTINATION, true, over.why());
            }
            case SourceAction.StayFrozen stay ->
                outcome(entry, entry.state().place(), false, standing(entry) + stay.why());
            case SourceAction.AskAgain _, SourceAction.Ask _, SourceAction.Follow _ ->
                outcome(
                        entry,
                        Place.IN_DOUBT,
                        false,
                        "it stays " + still(entry) + ", the destination has not decided yet");
            case SourceAction.Nothing _ ->
                outcome(
                        entry,
                        entry.state().place(),
                        true,
                        entry.state().place() == Place.SOURCE
                                ? whatRuns(entry, copy)
                                : entry.state().whereabouts());
        };
    }

    /** One that the migration had not stopped yet may be paused by its user, or dumped by somebody else. */
    private static void letRun(SourceNode node, SourceRecord entry) {
        if (entry.mayStandStill()) {
            node.thaw();
        }
        entry.usual().ifPresent(usual -> node.container().throttle().giveBack(usual));
        node.linkUp();
    }

    private static String still(SourceRecord entry) {
        return entry.startsAnew() ? "stopped" : "frozen";
    }

    private static String whatRuns(SourceRecord entry, Optional<SourceNode> copy) {
        if (copy.isEmpty()) {
            return "it has been deleted at the source since";
        }
        if (entry.wasStopped() && copy.get().alive()) {
            return copy.get().hasEnded()
                    ? "it was started again at the source, and has ended"
                    : "it was started again at the source";
        }
        if (copy.get().container().isPaused()) {
            return "it is paused at the source";
        }
        return copy.get().alive() ? "it runs at the source" : "it has ended at the source since";
    }

    private static String standing(SourceRecord entry) {
        return entry.state() instanceof SourceState.Divided divided
                ? divided.whereabouts() + ", where its copy stays frozen: "
                : "it stays " + still(entry) + " at the source: ";
    }

    /** A migration begins only when those before it have ended; where one has been left open all the same, its container is not its own. */
    private boolean isSuperseded(SourceRecord entry) {
        return journals.contents().openDepartures(entry.container(), entry.tree()).stream()
                .filter(other -> !other.id().equals(entry.id()))
                .anyMatch(other -> other.state() instanceof DestinationOwns
                        || other.startedAt().isAfter(entry.startedAt()));
    }

    /** Nobody looks for the images any more when it has ended by its journal. */
    private void end(SourceRecord entry, SourceState state) {
        host.removeImages(entry.id());
        new CancelSocket(journals, entry.id(), Side.SOURCE).remove();
        journals.save(entry.in(state, Instant.now()));
    }

    private static RecoveryOutcome outcome(SourceRecord entry, Place place, boolean settled, String message) {
        return new RecoveryOutcome(entry.id(), entry.container(), place, settled, message);
    }
}
