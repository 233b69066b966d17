package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.PeerRights;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.audit.AuditLog;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.pairing.Pairing;
import io.jmigrate.migration.pairing.PairingCode;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Introduces two nodes to each other, so that each trusts the other's certificate. */
public final class NodePairVerb implements Verb {
    private boolean newCode;
    private Optional<String> peer = Optional.empty();
    private Optional<String> code = Optional.empty();
    private Set<PeerRight> rights = PeerRight.ALL;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "pair",
                        "Let two nodes trust each other.",
                        "One node makes a code that is good for one use and ten minutes; the other one, given the code,",
                        "connects to the first one's service.")
                .flag("--new-code", "Make a code on this node and print it.", value -> newCode = value)
                .option(
                        "--to",
                        "HOST:PORT",
                        "Where the service of the node that made the code listens.",
                        text -> text,
                        value -> peer = Optional.of(value))
                .option(
                        "--peer-may",
                        PeerRights.LABEL,
                        "What the other node may do: send containers here, receive those of this node (default: both).",
                        PeerRights::of,
                        value -> rights = value.set())
                .option("--code", "CODE", "The code.", text -> text, value -> code = Optional.of(value))
                .examples(
                        "$ jmigrate node pair --new-code                    (on one node)",
                        "$ jmigrate node pair --to HOST:PORT --code CODE    (on the other)");
    }

    @Override
    public int run(Session session) {
        if (newCode) {
            if (peer.isPresent() || code.isPresent()) {
                throw Failure.of(
                        OptionCode.USAGE,
                        "node pair --new-code makes the code that the other node is given: not with --to or --code");
            }
            session.out().println(PairingCode.issue(session.root(), rights).code());
        } else {
            TrustedPeer trusted = Pairing.with(session.root(), PeerAddress.parse(given(peer)), given(code), rights);
            AuditLog.of(session.root())
                    .require(AuditEvent.of(Deed.TRUST, Verdict.ACCEPTED)
                            .because(List.of("paired with " + trusted.name() + ", fingerprint " + trusted.fingerprint()
                                    + ", which may " + PeerRights.words(rights))));
            session.out().println("paired with " + trusted.name() + " " + trusted.fingerprint());
        }
        return ExitCode.SUCCESS.status();
    }

    private static String given(Optional<String> option) {
        return option.orElseThrow(
                () -> Failure.of(OptionCode.USAGE, "node pair needs --new-code, or both --to and --code"));
    }
}
