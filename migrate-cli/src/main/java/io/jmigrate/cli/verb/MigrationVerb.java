package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;

/** The commands about migrations that were begun. */
public final class MigrationVerb implements Verb {
    @Override
    public Declaration declaration() {
        Declaration group = Declaration.of(this, "migration", "See to migrations that were begun.");
        add(group, "list", new MigrationListVerb());
        add(group, "show", new MigrationShowVerb());
        add(group, "recover", new RecoverVerb());
        return group;
    }

    private static void add(Declaration group, String name, Verb verb) {
        group.spec().addSubcommand(name, verb.declaration().help().commandLine());
    }

    @Override
    public int run(Session session) {
        throw Failure.of(OptionCode.USAGE, "migration needs a command: list, show or recover");
    }
}
