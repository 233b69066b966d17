package io.jmigrate.cli.command;

import io.jmigrate.cli.verb.CompletionVerb;
import io.jmigrate.cli.verb.VersionVerb;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All verbs by name, in the order of the help. */
final class VerbTable {
    private static final Map<String, Supplier<Object>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("completion", () -> new CompletionVerb(Grammar::whole));
        VERBS.put("version", VersionVerb::new);
    }

    private VerbTable() {}

    static Optional<Supplier<Object>> find(String name) {
        return Optional.ofNullable(VERBS.get(name));
    }

    static Map<String, Supplier<Object>> all() {
        return VERBS;
    }
}
