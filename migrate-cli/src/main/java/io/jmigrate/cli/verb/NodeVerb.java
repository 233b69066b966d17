package io.jmigrate.cli.verb;

/** The commands about this node as a place that containers leave and arrive at. */
public final class NodeVerb {
    private NodeVerb() {}

    public static Verb group() {
        return new VerbGroup("node", "Make this machine a node that containers migrate to and from.")
                .with("init", new NodeInitVerb())
                .with("pair", new NodePairVerb())
                .with("peers", new NodePeersVerb())
                .with("allow", new NodeAllowVerb())
                .with("audit", new NodeAuditVerb())
                .with("kept", new NodeKeptVerb())
                .with("unpair", new NodeUnpairVerb())
                .with("serve", new NodeServeVerb());
    }
}
