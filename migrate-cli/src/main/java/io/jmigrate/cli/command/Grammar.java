package io.jmigrate.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Makes the parser's model of the program, whole or with the one verb that is called. */
public final class Grammar {
    private static final int COLUMNS = 100;
    private static final List<String> STOPPING_AT_THE_FIRST_WORD = List.of("exec", "ps");

    private Grammar() {}

    /** The model with every verb: for help and completion. */
    public static CommandLine whole() {
        CommandLine root = root();
        VerbTable.all().forEach((name, verb) -> add(root, name, verb));
        return root;
    }

    /** The smallest model that can parse these words. */
    static CommandLine parsing(List<String> words) {
        Optional<String> name = Words.verb(words);
        Optional<Supplier<Object>> verb = name.flatMap(VerbTable::find);
        if (verb.isEmpty()) {
            return whole();
        }
        CommandLine root = root();
        add(root, name.get(), verb.get());
        return root;
    }

    private static CommandLine root() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new RootCommand());
        spec.name("jmigrate");
        spec.usageMessage().width(COLUMNS);
        return new CommandLine(spec);
    }

    private static void add(CommandLine root, String name, Supplier<Object> verb) {
        CommandLine command = new CommandLine(verb.get());
        command.setStopAtPositional(STOPPING_AT_THE_FIRST_WORD.contains(name));
        command.setUsageHelpWidth(COLUMNS);
        root.addSubcommand(name, command);
    }
}
