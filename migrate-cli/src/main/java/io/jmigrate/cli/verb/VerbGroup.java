package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A word that stands before other verbs and does nothing by itself. */
final class VerbGroup implements Verb {
    private final String name;
    private final String[] description;
    private final SequencedMap<String, Verb> verbs = new LinkedHashMap<>();

    VerbGroup(String name, String... description) {
        this.name = name;
        this.description = description;
    }

    /** The same group with one more verb, the last one in its help. */
    VerbGroup with(String verbName, Verb verb) {
        verbs.put(verbName, verb);
        return this;
    }

    @Override
    public Declaration declaration() {
        Declaration group = Declaration.of(this, name, description);
        verbs.forEach((verbName, verb) ->
                group.spec().addSubcommand(verbName, verb.declaration().help().commandLine()));
        return group;
    }

    @Override
    public int run(Session session) {
        throw Failure.of(
                OptionCode.USAGE,
                name + ": a command is missing (" + String.join(", ", List.copyOf(verbs.keySet())) + ")");
    }
}
