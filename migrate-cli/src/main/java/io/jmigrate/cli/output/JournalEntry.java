package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.journal.JournalRecord;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A record of a migration's journal, to be shown.
 *
 * @param entry the record
 * @param ownerAlive whether the process that works on it still runs
 */
public record JournalEntry(JournalRecord entry, boolean ownerAlive) {
    private static final String ENDED = "ended";
    private static final String UNDER_WAY = "under-way";
    private static final String OPEN = "open";

    /** {@code ended}, {@code under-way}, or {@code open}: nobody works on it, it is to be recovered. */
    public String status() {
        if (entry.ended()) {
            return ENDED;
        }
        return ownerAlive ? UNDER_WAY : OPEN;
    }

    /** The titles of {@link #cells}. */
    public static String[] titles() {
        return new String[] {"ID", "CONTAINER", "SIDE", "STATE", "STATUS", "PEER", "STARTED"};
    }

    /** What else a row has where some migrate together. */
    public static String groupTitle() {
        return "GROUP";
    }

    /** The cell below it. */
    public String groupCell() {
        return entry.group().map(GroupId::value).orElse("-");
    }

    /** One row of a table. */
    public String[] cells() {
        return new String[] {
            entry.id().value(),
            entry.container(),
            entry.side(),
            entry.stateName(),
            status(),
            entry.peer(),
            entry.startedAt().truncatedTo(ChronoUnit.SECONDS).toString()
        };
    }

    /** Everything, one field a line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : facts().properties()) {
            line(text, field.getKey(), field.getValue().asText());
        }
        entry.report().map(ReportText::of).orElse(List.of()).forEach(of -> line(text, of.getKey(), of.getValue()));
        return text.toString();
    }

    private static void line(StringBuilder text, String title, String value) {
        text.append(String.format("%-12s%s%n", title, value));
    }

    /** Everything. */
    public ObjectNode tree() {
        ObjectNode tree = facts();
        entry.report().ifPresent(report -> tree.set("report", ReportJson.of(report)));
        return tree;
    }

    /** All but its report. */
    public ObjectNode facts() {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("migration", entry.id().value())
                .put("container", entry.container());
        entry.group().ifPresent(group -> facts.put("group", group.value()));
        return facts.put("side", entry.side())
                .put("state", entry.stateName())
                .put("status", status())
                .put("place", entry.whereabouts())
                .put("peer", entry.peer())
                .put("owner_pid", entry.owner().pid())
                .put("started", entry.startedAt().toString())
                .put("changed", entry.changedAt().toString());
    }
}
