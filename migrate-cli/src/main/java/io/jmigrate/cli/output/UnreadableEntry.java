package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.journal.UnreadableJournal;
import java.util.Arrays;

/** A journal that can't be read, to be shown where others are. */
public record UnreadableEntry(UnreadableJournal journal) {
    private static final String STATUS = "unreadable";
    private static final String NOTHING = "-";

    /** One row of a table. @param width how many cells it has, as many as {@link JournalEntry} has titles at least */
    public String[] cells(int width) {
        String[] cells = new String[width];
        Arrays.fill(cells, NOTHING);
        String[] known = {journal.id().value(), NOTHING, journal.side().word(), NOTHING, STATUS};
        System.arraycopy(known, 0, cells, 0, known.length);
        return cells;
    }

    /** What is known of it. */
    public ObjectNode tree() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("migration", journal.id().value())
                .put("side", journal.side().word())
                .put("status", STATUS)
                .put("reason", journal.sentence());
    }
}
