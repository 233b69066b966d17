package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.option.PeerRights;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.identity.TrustedPeers;
import java.util.List;

/** Lists the nodes that this one trusts. */
final class NodePeersVerb implements Verb {
    private Format format = Format.TABLE;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "peers",
                        "List the nodes that this one was paired with.",
                        "MAY says what each may do: send containers here, as far as `node serve` lets them land, and receive those of this node.")
                .option("-f, --format", "FORMAT", "table (default) or json.", Format::ofTable, value -> format = value)
                .examples("$ jmigrate node peers", "$ jmigrate node peers --format json");
    }

    @Override
    public int run(Session session) {
        List<TrustedPeer> peers = TrustedPeers.of(session.root()).list();
        if (format == Format.JSON) {
            session.out().println(json(peers));
        } else {
            Table table = new Table("NAME", "MAY", "PAIRED", "FINGERPRINT");
            peers.forEach(
                    peer -> table.row(peer.name(), PeerRights.words(peer.may()), peer.pairedAt(), peer.fingerprint()));
            table.lines().forEach(session.out()::println);
        }
        return ExitCode.SUCCESS.status();
    }

    private static ArrayNode json(List<TrustedPeer> peers) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        peers.forEach(peer -> {
            ObjectNode json = all.addObject()
                    .put("name", peer.name())
                    .put("fingerprint", peer.fingerprint())
                    .put("paired_at", peer.pairedAt());
            ArrayNode may = json.putArray("may");
            peer.may().stream().sorted().map(Choice::word).forEach(may::add);
        });
        return all;
    }
}
