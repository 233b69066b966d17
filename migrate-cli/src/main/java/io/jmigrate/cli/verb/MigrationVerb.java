package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;

/** The commands about migrations that were begun. */
public final class MigrationVerb implements Verb {
    @Override
    public Declaration declaration() {
        Declaration group =
                Declaration.of(this, "migration", "See to migrations that a crash or a lost connection left open.");
        group.spec()
                .addSubcommand("recover", new RecoverVerb().declaration().help().commandLine());
        return group;
    }

    @Override
    public int run(Session session) {
        throw Failure.of(OptionCode.USAGE, "migration needs a command: recover");
    }
}
