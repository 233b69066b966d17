package io.jmigrate.cli.verb;

import io.jmigrate.cli.completion.Shell;
import io.jmigrate.cli.option.HelpOption;
import io.jmigrate.cli.report.ExitCode;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the completion script of a shell. */
@Command(
        name = "completion",
        description = "Print the completion script for a shell.",
        footer = {"", "  $ source <(jmigrate completion bash)", "  $ jmigrate completion zsh > ~/.zfunc/_jmigrate"})
public final class CompletionVerb implements Verb {
    private final Supplier<CommandLine> grammar;

    @Mixin
    HelpOption help;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    Shell shell;

    /** @param grammar makes the model of all verbs */
    public CompletionVerb(Supplier<CommandLine> grammar) {
        this.grammar = grammar;
    }

    @Override
    public int run(Session session) {
        session.out().print(shell.completion(grammar.get()));
        return ExitCode.SUCCESS.status();
    }
}
