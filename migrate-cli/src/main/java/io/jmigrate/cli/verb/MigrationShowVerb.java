package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.option.MigrationArgument;
import io.jmigrate.cli.output.GroupFacts;
import io.jmigrate.cli.output.JournalEntry;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.timeline.MigrationPage;
import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.GroupReport;
import io.jmigrate.migration.journal.JournalRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shows what this node knows of one migration. */
final class MigrationShowVerb implements Verb {
    private final MigrationArgument migration = new MigrationArgument();
    private Format format = Format.TEXT;
    private Optional<Path> html = Optional.empty();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "show",
                        "Show the journal of one migration: how far it came, where the container is, and what it took.",
                        "A node that was both its source and its destination has two; of a group all are shown, and at its source what it took as a whole.")
                .option("-f, --format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value)
                .option(
                        "--html",
                        "FILE",
                        "Write one page with pictures of its course to FILE, which must not exist; - is standard output.",
                        Path::of,
                        value -> html = Optional.of(value));
        return migration
                .declare(verb)
                .examples(
                        "$ jmigrate migration show 0f5d3ab1c2e94f0fae4c0b6a7f0d1e2c",
                        "$ jmigrate migration show --html web1.html 0f5d3ab1c2e94f0fae4c0b6a7f0d1e2c");
    }

    @Override
    public int run(Session session) {
        Optional<TextFile> page = html.map(file -> TextFile.requireNew(session, file));
        MigrationId asked = migration.id().orElseThrow();
        List<JournalRecord> journal = ThisNode.journal(session, asked);
        List<JournalEntry> entries =
                journal.stream().map(ThisNode::journalEntry).toList();
        Optional<GroupId> group = journal.stream()
                .flatMap(entry -> entry.group().stream())
                .filter(id -> id.value().equals(asked.value()))
                .findFirst();
        Optional<GroupFacts> taken =
                group.flatMap(id -> GroupReport.known(id, journal)).map(GroupFacts::new);
        if (page.isPresent()) {
            page.get().write(MigrationPage.of(entries));
        } else if (format == Format.JSON) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            entries.forEach(entry -> all.add(entry.tree()));
            session.print(group.<JsonNode>map(id -> taken.map(GroupFacts::tree)
                            .orElseGet(() -> named(id))
                            .set("migrations", all))
                    .orElse(all));
        } else {
            taken.ifPresent(facts -> session.out().println(facts.line() + "\n"));
            session.out()
                    .print(String.join(
                            "\n", entries.stream().map(JournalEntry::text).toList()));
        }
        return ExitCode.SUCCESS.status();
    }

    private static ObjectNode named(GroupId group) {
        return JsonNodeFactory.instance.objectNode().put("group", group.value());
    }
}
