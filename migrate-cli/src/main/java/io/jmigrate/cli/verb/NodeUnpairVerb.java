package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.audit.AuditLog;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.identity.TrustedPeers;
import java.util.List;

/** Ends the trust in another node. */
final class NodeUnpairVerb implements Verb {
    private String peer = "";

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "unpair",
                        "Trust another node no longer.",
                        "Its next connection is refused; a migration that is under way goes on. The other node still trusts",
                        "this one until it is told the same.")
                .argument("PEER", "The node's name, or its fingerprint.", text -> text, value -> peer = value)
                .examples("$ jmigrate node unpair node-b");
    }

    @Override
    public int run(Session session) {
        TrustedPeer gone = TrustedPeers.of(session.root()).remove(peer);
        AuditLog.of(session.root())
                .require(AuditEvent.of(Deed.TRUST, Verdict.REFUSED)
                        .because(List.of(gone.name() + " is trusted no longer, fingerprint " + gone.fingerprint())));
        session.out().println("no longer trusted: " + gone.name() + " " + gone.fingerprint());
        return ExitCode.SUCCESS.status();
    }
}
