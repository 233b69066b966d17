package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;

/** The commands about this node as a place that containers leave and arrive at. */
public final class NodeVerb implements Verb {
    @Override
    public Declaration declaration() {
        Declaration group =
                Declaration.of(this, "node", "Make this machine a node that containers migrate to and from.");
        group.spec()
                .addSubcommand("init", new NodeInitVerb().declaration().help().commandLine());
        group.spec()
                .addSubcommand("pair", new NodePairVerb().declaration().help().commandLine());
        group.spec()
                .addSubcommand("serve", new NodeServeVerb().declaration().help().commandLine());
        return group;
    }

    @Override
    public int run(Session session) {
        throw Failure.of(OptionCode.USAGE, "node needs a command: init, pair or serve");
    }
}
