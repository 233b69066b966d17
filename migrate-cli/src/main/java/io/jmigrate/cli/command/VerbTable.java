package io.jmigrate.cli.command;

import io.jmigrate.cli.verb.CompletionVerb;
import io.jmigrate.cli.verb.Verb;
import io.jmigrate.cli.verb.VersionVerb;
import java.util.List;
import java.util.Optional;

/** All verbs by name, in the order of the help. */
final class VerbTable {
    private static final List<String> NAMES = List.of("completion", "version");

    private VerbTable() {}

    static List<String> names() {
        return NAMES;
    }

    static Optional<Verb> make(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "completion" -> new CompletionVerb(Grammar::whole);
                    case "version" -> new VersionVerb();
                    default -> null;
                });
    }
}
