package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.ByteSize;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.kept.KeptEntry;
import io.jmigrate.migration.kept.KeptStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Shows what this node keeps of containers that have left it, or removes it. */
final class NodeKeptVerb implements Verb {
    private Format format = Format.TABLE;
    private boolean remove;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "kept",
                        "List the memory that this node keeps of containers that have left it.",
                        "`node serve --kept-memory` has it kept, for the node that each went to: from there it comes back with what has changed.")
                .option("-f, --format", "FORMAT", "table (default) or json.", Format::ofTable, value -> format = value)
                .flag("--remove", "Remove all of it.", value -> remove = value)
                .examples("$ jmigrate node kept", "$ jmigrate node kept --remove");
    }

    @Override
    public int run(Session session) {
        Optional<KeptStore> store = KeptStore.of(session.root());
        if (remove) {
            long bytes = store.map(KeptStore::clear).orElse(0L);
            session.out().println("removed " + ByteSize.inWords(bytes));
            return ExitCode.SUCCESS.status();
        }
        List<KeptEntry> kept = store.map(KeptStore::list).orElse(List.of());
        TrustedPeers peers = TrustedPeers.of(session.root());
        if (format == Format.JSON) {
            session.out().println(json(store, kept, peers));
        } else {
            table(kept, peers).lines().forEach(session.out()::println);
            store.ifPresent(keeping -> session.out().println(sum(keeping)));
        }
        return ExitCode.SUCCESS.status();
    }

    private static Table table(List<KeptEntry> kept, TrustedPeers peers) {
        Table table = new Table("CONTAINER", "WENT TO", "KEPT", "BYTES", "MIGRATION");
        kept.forEach(entry -> table.row(
                entry.container(),
                name(entry, peers),
                keptAt(entry).toString(),
                ByteSize.inWords(entry.bytes()),
                entry.migration()));
        return table;
    }

    private static String sum(KeptStore store) {
        return ByteSize.inWords(store.bytes()) + " of "
                + ByteSize.inWords(store.terms().bytesMax()) + " in "
                + store.terms().directory();
    }

    private static String name(KeptEntry entry, TrustedPeers peers) {
        return peers.find(new Fingerprint(entry.peer())).map(TrustedPeer::name).orElse(entry.peer());
    }

    private static Instant keptAt(KeptEntry entry) {
        return Instant.ofEpochMilli(entry.keptAtMillis()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static ObjectNode json(Optional<KeptStore> store, List<KeptEntry> kept, TrustedPeers peers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        store.ifPresent(
                keeping -> json.put("directory", keeping.terms().directory().toString())
                        .put("bytes_max", keeping.terms().bytesMax())
                        .put("age_s", keeping.terms().age().toSeconds())
                        .put("bytes", keeping.bytes()));
        ArrayNode all = json.putArray("kept");
        kept.forEach(entry -> all.addObject()
                .put("container", entry.container())
                .put("peer", name(entry, peers))
                .put("fingerprint", entry.peer())
                .put("kept", keptAt(entry).toString())
                .put("bytes", entry.bytes())
                .put("migration", entry.migration()));
        return json;
    }
}
