package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.JournalEntry;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.report.ExitCode;
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
                        "The status is ended, under-way, or open: `jmigrate migration recover` ends open ones.")
                .option("-f, --format", "FORMAT", "table (default) or json.", Format::ofTable, value -> format = value)
                .flag("--open", "Only those that are not ended.", value -> open = value)
                .examples("$ jmigrate migration list", "$ jmigrate migration list --open --format json");
    }

    @Override
    public int run(Session session) {
        List<JournalEntry> entries = Journals.at(session.root()).list().stream()
                .filter(entry -> !open || !entry.ended())
                .map(ThisNode::journalEntry)
                .toList();
        if (format == Format.JSON) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            entries.forEach(entry -> all.add(entry.tree()));
            session.out().println(all);
        } else {
            table(entries).lines().forEach(session.out()::println);
        }
        return ExitCode.SUCCESS.status();
    }

    private static Table table(List<JournalEntry> entries) {
        if (entries.stream().allMatch(entry -> entry.entry().group().isEmpty())) {
            Table table = new Table(JournalEntry.titles());
            entries.forEach(entry -> table.row(entry.cells()));
            return table;
        }
        Table table = new Table(with(JournalEntry.titles(), JournalEntry.groupTitle()));
        entries.forEach(entry -> table.row(with(entry.cells(), entry.groupCell())));
        return table;
    }

    private static String[] with(String[] cells, String last) {
        return Stream.concat(Stream.of(cells), Stream.of(last)).toArray(String[]::new);
    }
}
