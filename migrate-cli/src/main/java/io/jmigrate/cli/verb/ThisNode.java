package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.NetworkHookOption;
import io.jmigrate.cli.output.JournalEntry;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.MigrationHost;
import io.jmigrate.migration.journal.JournalContents;
import io.jmigrate.migration.journal.JournalRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.UnreadableJournal;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The node that a command runs on. */
final class ThisNode {
    private ThisNode() {}

    static MigrationHost of(Session session, CriuOption criu) {
        return new MigrationHost(
                session.root(),
                session.containers(),
                session.invocation().launcher(),
                finder(session, criu),
                Optional.empty());
    }

    /** One that is named has to be there; a host without any can still have containers start anew. */
    private static Supplier<CriuBinary> finder(Session session, CriuOption criu) {
        if (criu.program().isPresent()) {
            CriuBinary named = session.criu(criu);
            return () -> named;
        }
        return () -> session.criu(criu);
    }

    /** With a hook that moves addresses. @throws Failure HOOK_FAILED if it is no program */
    static MigrationHost of(Session session, CriuOption criu, NetworkHookOption hook) {
        return of(session, criu).withNetworkHook(hook.program().map(session::resolve));
    }

    /**
     * What the node has written down of a migration, or of those of a group.
     *
     * @throws Failure MIGRATION_UNKNOWN if that is nothing, JOURNAL if it can't be read
     */
    static List<JournalRecord> journal(Session session, MigrationId migration) {
        JournalContents contents = Journals.at(session.root()).contents();
        List<JournalRecord> entries = contents.records().stream()
                .filter(entry -> entry.isOf(migration.value()))
                .toList();
        if (entries.isEmpty()) {
            throw contents.unreadable(Optional.of(migration.value())).stream()
                    .filter(damaged -> damaged.id().equals(migration))
                    .map(UnreadableJournal::why)
                    .findFirst()
                    .orElseGet(() -> Failure.of(
                            MigrationCode.MIGRATION_UNKNOWN, "there is no journal of the migration " + migration));
        }
        return entries;
    }

    static JournalEntry journalEntry(JournalRecord entry) {
        return new JournalEntry(entry, Processes.alive(entry.owner()));
    }
}
