package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.JournalEntry;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.output.UnreadableEntry;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.journal.JournalContents;
import io.jmigrate.migration.journal.Journals;
import java.util.List;
import java.util.stream.Stream;

/** Lists the migrations of this node, those that left it and those that arrived. */
final class MigrationListVerb implements Verb {
    private Format format = Format.TABLE;
    private boolean open;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "list",
                        "List the migrations of this node: containers that left it, and that arrived.",
                        "The status is ended, under-way, or open: `jmigrate migration recover` ends open ones.",
                        "Of a journal that is unreadable nobody can tell what it is of.")
                .option("-f, --format", "FORMAT", "table (default) or json.", Format::ofTable, value -> format = value)
                .flag("--open", "Only those that are not ended.", value -> open = value)
                .examples("$ jmigrate migration list", "$ jmigrate migration list --open --format json");
    }

    @Override
    public int run(Session session) {
        JournalContents contents = Journals.at(session.root()).contents();
        List<JournalEntry> entries = contents.records().stream()
                .filter(entry -> !open || !entry.ended())
                .map(ThisNode::journalEntry)
                .toList();
        List<UnreadableEntry> damaged =
                contents.unreadable().stream().map(UnreadableEntry::new).toList();
        if (format == Format.JSON) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            entries.forEach(entry -> all.add(entry.tree()));
            damaged.forEach(entry -> all.add(entry.tree()));
            session.out().println(all);
        } else {
            table(entries, damaged).lines().forEach(session.out()::println);
        }
        contents.unreadable().forEach(journal -> session.log().warning(journal.sentence()));
        return ExitCode.SUCCESS.status();
    }

    private static Table table(List<JournalEntry> entries, List<UnreadableEntry> damaged) {
        boolean alone = entries.stream().allMatch(entry -> entry.entry().group().isEmpty());
        String[] titles = alone ? JournalEntry.titles() : with(JournalEntry.titles(), JournalEntry.groupTitle());
        Table table = new Table(titles);
        entries.forEach(entry -> table.row(alone ? entry.cells() : with(entry.cells(), entry.groupCell())));
        damaged.forEach(entry -> table.row(entry.cells(titles.length)));
        return table;
    }

    private static String[] with(String[] cells, String last) {
        return Stream.concat(Stream.of(cells), Stream.of(last)).toArray(String[]::new);
    }
}
