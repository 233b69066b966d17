package io.jmigrate.migration.journal;

import io.jmigrate.migration.journal.Journals.Side;
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
