package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.JournalContents;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.journal.UnreadableJournal;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.DestinationOwns;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.NameLock;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that a container leaves by one migration alone: if an earlier one were still open, its recovery could set the copy going that a
 * later one has given away.
 */
record Departure(Journals journals, RecoverDeparture recovery) {
    /**
     * Ends what is left of earlier migrations of the container.
     *
     * @return held while it leaves
     * @throws Failure PREFLIGHT if another migration of it is under way or in doubt, JOURNAL if one can't be read
     */
    NameLock begin(ContainerId container, Optional<ProcessRef> tree) {
        NameLock lock = journals.claimDeparture(container)
                .orElseThrow(() -> refused(container, "it is being migrated already"));
        try {
            JournalContents contents = journals.contents();
            requireReadable(container, contents);
            contents.openDepartures(container.value(), tree).forEach(entry -> settle(container, entry));
            return lock;
        } catch (RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    /** One of them may be of an earlier migration of this container, which could set the copy going. */
    private static void requireReadable(ContainerId container, JournalContents contents) {
        List<String> damaged = contents.unreadable(Side.SOURCE).stream()
                .map(UnreadableJournal::sentence)
                .toList();
        if (!damaged.isEmpty()) {
            throw Failure.of(
                            MigrationCode.JOURNAL,
                            container.inSentence() + " cannot be migrated: a journal may be of it")
                    .withDetails(damaged);
        }
    }

    private void settle(ContainerId container, SourceRecord entry) {
        if (entry.state() instanceof DestinationOwns) {
            throw refused(
                    container,
                    "the migration " + entry.id() + " of it is in doubt: end it by jmigrate migration recover");
        }
        RecoveryOutcome outcome = recovery.run(entry);
        if (!outcome.settled()) {
            throw refused(container, "the migration " + entry.id() + " of it has not ended: " + outcome.message());
        }
    }

    private static Failure refused(ContainerId container, String why) {
        return Failure.of(MigrationCode.PREFLIGHT, container.inSentence() + " cannot be migrated")
                .withDetails(List.of(why));
    }
}
