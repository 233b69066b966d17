package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.PeerRights;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.audit.AuditLog;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.identity.TrustedPeers;
import java.util.List;
import java.util.Set;

/** Says what a paired node may do. */
final class NodeAllowVerb implements Verb {
    private String peer = "";
    private Set<PeerRight> rights = Set.of();

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "allow",
                        "Say what a paired node may do, from its next connection on.",
                        "send: it may send containers here. receive: it may receive those of this node. The other node decides",
                        "for itself.")
                .argument("PEER", "The node's name, or its fingerprint.", text -> text, value -> peer = value)
                .argument(
                        PeerRights.LABEL,
                        "send, receive, or both: send,receive.",
                        PeerRights::of,
                        value -> rights = value.set())
                .examples("$ jmigrate node allow node-b send", "$ jmigrate node allow node-b send,receive");
    }

    @Override
    public int run(Session session) {
        TrustedPeer allowed = TrustedPeers.of(session.root()).allow(peer, rights);
        String words = PeerRights.words(allowed.may());
        AuditLog.of(session.root())
                .require(AuditEvent.of(Deed.TRUST, Verdict.ACCEPTED)
                        .because(List.of(allowed.name() + " may " + words + ", fingerprint " + allowed.fingerprint())));
        session.out().println(allowed.name() + " " + allowed.fingerprint() + " may " + words);
        return ExitCode.SUCCESS.status();
    }
}
