package io.jmigrate.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Long options behind one dash, which runc takes as well: Go's flag package knows no difference, and containerd writes
 * {@code -no-subreaper}.
 */
final class SingleDash {
    private CommandSpec spec;
    private final List<String> doubled = new ArrayList<>();

    private SingleDash(CommandSpec program) {
        spec = program;
    }

    /** The same words with two dashes before each long option. */
    static List<String> doubled(List<String> words, CommandSpec program) {
        SingleDash reading = new SingleDash(program);
        int read = 0;
        while (read < words.size() && reading.mayBeFollowedByOptions(words.get(read))) {
            read += reading.option(words.subList(read, words.size()));
        }
        reading.doubled.addAll(words.subList(read, words.size()));
        return reading.doubled;
    }

    private boolean mayBeFollowedByOptions(String word) {
        if (word.startsWith("-")) {
            return !word.equals("--");
        }
        CommandLine verb = spec.subcommands().get(word);
        if (verb != null) {
            spec = verb.getCommandSpec();
            return true;
        }
        return !spec.parser().stopAtPositional();
    }

    /** Takes a word, and the next one if that is its value. @return how many words it took */
    private int option(List<String> words) {
        String word = words.getFirst();
        int end = word.indexOf('=');
        String name = end < 0 ? word : word.substring(0, end);
        boolean single = name.length() > 2 && spec.optionsMap().containsKey("-" + name);
        doubled.add(single ? "-" + word : word);
        OptionSpec option = spec.optionsMap().get(single ? "-" + name : name);
        if (option == null || end >= 0 || option.arity().min() == 0 || words.size() == 1) {
            return 1;
        }
        doubled.add(words.get(1));
        return 2;
    }
}
