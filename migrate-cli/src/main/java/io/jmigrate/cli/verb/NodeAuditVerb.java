package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Party;
import io.jmigrate.migration.audit.AuditLog;
import io.jmigrate.migration.audit.AuditText;
import io.jmigrate.runtime.json.Printable;
import java.util.List;

/** Lists what others have asked of this node, and what became of it. */
final class NodeAuditVerb implements Verb {
    private Format format = Format.TABLE;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "audit",
                        "List what others have asked of this node, the oldest first, what was decided and why.",
                        "It is kept in ROOT/node/audit.jsonl and, as that is full, in audit.1.jsonl to audit.4.jsonl.")
                .option("-f, --format", "FORMAT", "table (default) or json.", Format::ofTable, value -> format = value)
                .examples("$ jmigrate node audit", "$ jmigrate node audit --format json");
    }

    @Override
    public int run(Session session) {
        AuditLog.Contents contents = AuditLog.of(session.root()).read();
        if (contents.unreadable() > 0) {
            session.log().warning("lines of the audit log that can't be read: " + contents.unreadable());
        }
        if (format == Format.JSON) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            contents.events().forEach(event -> all.add(AuditText.json(event)));
            session.out().println(Printable.json(all.toString()));
        } else {
            table(contents.events()).forEach(session.out()::println);
        }
        return ExitCode.SUCCESS.status();
    }

    private static List<String> table(List<AuditEvent> events) {
        Table table = new Table("TIME", "PEER", "ADDRESS", "ASKED", "DECISION", "CONTAINER", "BYTES", "WHY");
        events.forEach(event -> table.row(
                event.at().toString(),
                event.party().map(NodeAuditVerb::name).orElse("(this node)"),
                event.party().map(Party::address).orElse(""),
                AuditText.word(event.deed()),
                AuditText.word(event.verdict()),
                Printable.text(event.container().orElse("")),
                event.bytes().isPresent() ? String.valueOf(event.bytes().getAsLong()) : "",
                Printable.text(String.join("; ", event.reasons()))));
        return table.lines();
    }

    private static String name(Party party) {
        return party.name().isEmpty() ? "(unknown)" : party.name();
    }
}
