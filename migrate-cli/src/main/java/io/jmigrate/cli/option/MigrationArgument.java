package io.jmigrate.cli.option;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;

/** The argument that names a migration. */
public final class MigrationArgument {
    private Optional<MigrationId> id = Optional.empty();

    /** Adds the argument, which must be given. */
    public Declaration declare(Declaration verb) {
        return verb.argument(
                "MIGRATION",
                "The migration's id, or the id of a group.",
                MigrationArgument::parse,
                value -> id = Optional.of(value));
    }

    /** Adds the argument, which may be left out. */
    public Declaration declareOptional(Declaration verb, String description) {
        return verb.optionalArgument(
                "MIGRATION", description, MigrationArgument::parse, value -> id = Optional.of(value));
    }

    private static MigrationId parse(String text) {
        try {
            return new MigrationId(text);
        } catch (Failure e) {
            throw new IllegalArgumentException("\"" + text + "\" is none: " + e.getMessage(), e);
        }
    }

    /** What was given. */
    public Optional<MigrationId> id() {
        return id;
    }
}
