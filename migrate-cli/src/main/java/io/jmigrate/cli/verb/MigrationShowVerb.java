package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.option.MigrationArgument;
import io.jmigrate.cli.output.JournalEntry;
import io.jmigrate.cli.report.ExitCode;
import java.util.List;

/** Shows what this node knows of one migration. */
final class MigrationShowVerb implements Verb {
    private final MigrationArgument migration = new MigrationArgument();
    private Format format = Format.TEXT;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "show",
                        "Show the journal of one migration: how far it came, and where the container is.",
                        "A node that was both its source and its destination has two.")
                .option("-f, --format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value);
        return migration.declare(verb).examples("$ jmigrate migration show 0f5d3ab1c2e94f0fae4c0b6a7f0d1e2c");
    }

    @Override
    public int run(Session session) {
        List<JournalEntry> entries = ThisNode.journal(session, migration.id().orElseThrow()).stream()
                .map(ThisNode::journalEntry)
                .toList();
        if (format == Format.JSON) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            entries.forEach(entry -> all.add(entry.tree()));
            session.print(all);
        } else {
            session.out()
                    .print(String.join(
                            "\n", entries.stream().map(JournalEntry::text).toList()));
        }
        return ExitCode.SUCCESS.status();
    }
}
