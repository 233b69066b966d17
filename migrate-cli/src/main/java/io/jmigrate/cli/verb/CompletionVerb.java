package io.jmigrate.cli.verb;

import io.jmigrate.cli.completion.Shell;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Prints the completion script of a shell. */
public final class CompletionVerb implements Verb {
    private final Supplier<CommandLine> grammar;
    private Shell shell = Shell.BASH;

    /** @param grammar makes the model of all verbs */
    public CompletionVerb(Supplier<CommandLine> grammar) {
        this.grammar = grammar;
    }

    @Override
    public Declaration declaration() {
        return Declaration.of(this, "completion", "Print the completion script for a shell.")
                .argument("SHELL", "bash.", Shell::of, value -> shell = value)
                .examples("$ source <(jmigrate completion bash)");
    }

    @Override
    public int run(Session session) {
        session.out().print(shell.completion(grammar.get()));
        return ExitCode.SUCCESS.status();
    }
}
