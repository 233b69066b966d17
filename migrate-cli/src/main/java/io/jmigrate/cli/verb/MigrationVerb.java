package io.jmigrate.cli.verb;

/** The commands about migrations that were begun. */
public final class MigrationVerb {
    private MigrationVerb() {}

    public static Verb group() {
        return new VerbGroup("migration", "See to migrations that were begun.")
                .with("list", new MigrationListVerb())
                .with("show", new MigrationShowVerb())
                .with("cancel", new MigrationCancelVerb())
                .with("recover", new RecoverVerb());
    }
}
