package io.jmigrate.migration.journal;

import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The journals of one runtime root.
 *
 * @param records the oldest migration first
 * @param unreadable those that are damaged
 */
public record JournalContents(List<JournalRecord> records, List<UnreadableJournal> unreadable) {
    public JournalContents {
        records = List.copyOf(records);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Migrations by which this container should have left, and which have not ended; the oldest first.
     *
     * @param tree its first process: a container of the same name is another one, unless it may have been started again since
     */
    public List<SourceRecord> openDepartures(String container, Optional<ProcessRef> tree) {
        return records.stream()
                .filter(SourceRecord.class::isInstance)
                .map(SourceRecord.class::cast)
                .filter(entry -> !entry.ended()
                        && entry.container().equals(container)
                        && (entry.startsAnew() || entry.tree().equals(tree)))
                .toList();
    }

    /** Those that are of this migration or, as nobody can tell what group they are of, may be of this group. @param name of either; empty for all */
    public List<UnreadableJournal> unreadable(Optional<String> name) {
        boolean isMigration = name.isPresent()
                && Stream.concat(
                                records.stream().map(JournalRecord::id),
                                unreadable.stream().map(UnreadableJournal::id))
                        .anyMatch(id -> id.value().equals(name.get()));
        return unreadable.stream()
                .filter(damaged ->
                        name.isEmpty() || !isMigration || damaged.id().value().equals(name.get()))
                .toList();
    }

    /** Those at one end. */
    public List<UnreadableJournal> unreadable(Side side) {
        return unreadable.stream().filter(damaged -> damaged.side() == side).toList();
    }
}
