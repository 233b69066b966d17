package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.policy.DestinationAction;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.policy.DestinationRecovery;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.runtime.store.NameLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Ends a migration that came to this host and that nobody works on, and tells what became of any. */
final class RecoverArrival {
    private static final int LOOKS = 150;

    private final Journals journals;
    private final DestinationNode node;
    private final Duration patience;

    /** @param patience how long a CRIU that still works on the tree is waited for */
    RecoverArrival(Journals journals, DestinationNode node, Duration patience) {
        this.journals = journals;
        this.node = node;
        this.patience = patience;
    }

    /** Settles it as far as that is possible now. @return empty if there was nothing to do */
    Optional<RecoveryOutcome> run(DestinationRecord seen) {
        Optional<NameLock> claim = journals.claim(seen.id(), Side.DESTINATION);
        if (claim.isEmpty()) { // a service may still see to one that runs
            return journals.destination(seen.id())
                    .filter(entry -> !entry.ended())
                    .map(RecoverArrival::unsettled);
        }
        try (NameLock _ = claim.get()) {
            return recover(journals.destination(seen.id()).orElse(seen));
        }
    }

    /**
     * What the journal says in the end. If nobody works on the migration it is settled first. Without a journal nothing is known: who asks has
     * committed, so there was one once, here or at another node.
     */
    DestinationAnswer answer(MigrationId id) {
        Optional<NameLock> claim = journals.claim(id, Side.DESTINATION);
        if (claim.isPresent()) {
            try (NameLock _ = claim.get()) {
                Optional<DestinationRecord> found = journals.destination(id);
                if (found.isEmpty()) {
                    return new DestinationAnswer.Unreachable("there is no journal of it");
                }
                recover(found.get());
            }
        }
        return journals.destination(id)
                .map(entry -> DestinationRecovery.answer(entry.state()))
                .orElseGet(DestinationAnswer.Undecided::new);
    }

    private Optional<RecoveryOutcome> recover(DestinationRecord entry) {
        new CancelSocket(journals, entry.id(), Side.DESTINATION).remove();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            DestinationAction action =
                    DestinationRecovery.decide(entry.state(), node.left(entry).facts());
            if (!(action instanceof DestinationAction.Wait) || System.nanoTime() > deadline) {
                return act(entry, action);
            }
            LockSupport.parkNanos(patience.toNanos() / LOOKS);
        }
    }

    private Optional<RecoveryOutcome> act(DestinationRecord entry, DestinationAction action) {
        return switch (action) {
            case DestinationAction.GiveUp giveUp -> {
                node.left(entry).kill();
                journals.save(entry.in(giveUp.next(), Instant.now()));
                node.left(entry).discard();
                yield Optional.of(outcome(entry, Place.SOURCE, true, "it never ran at the destination"));
            }
            case DestinationAction.FinishRunning finish -> {
                node.left(entry).adopt();
                journals.save(entry.in(finish.next(), Instant.now()));
                node.left(entry).removeImages();
                yield Optional.of(outcome(entry, Place.DESTINATION, true, "it runs at the destination"));
            }
            case DestinationAction.AwaitMemory await -> {
                node.left(entry).adopt();
                journals.save(entry.in(await.next(), Instant.now()));
                yield Optional.of(lacking(entry));
            }
            case DestinationAction.LeaveToSource _ -> Optional.of(lacking(entry));
            case DestinationAction.Lose lose -> {
                node.left(entry).conclude();
                journals.save(entry.in(lose.next(), Instant.now()));
                node.left(entry).removeImages();
                yield Optional.of(
                        outcome(entry, Place.DESTINATION, true, lose.next().whereabouts()));
            }
            case DestinationAction.Discard _ -> {
                node.left(entry).kill();
                node.left(entry).discard();
                yield Optional.empty();
            }
            case DestinationAction.RemoveImages _ -> {
                node.left(entry).removeImages();
                yield Optional.empty();
            }
            case DestinationAction.Wait _ -> Optional.of(unsettled(entry));
            case DestinationAction.Nothing _ -> Optional.empty();
        };
    }

    private static RecoveryOutcome unsettled(DestinationRecord entry) {
        return outcome(entry, Place.IN_DOUBT, false, "it is being restored at the destination");
    }

    private static RecoveryOutcome lacking(DestinationRecord entry) {
        return outcome(
                entry,
                Place.DIVIDED,
                false,
                "it is at the destination, and lacks memory until its source is told: jmigrate migration recover");
    }

    private static RecoveryOutcome outcome(DestinationRecord entry, Place place, boolean settled, String message) {
        return new RecoveryOutcome(entry.id(), entry.container(), place, settled, message);
    }
}
