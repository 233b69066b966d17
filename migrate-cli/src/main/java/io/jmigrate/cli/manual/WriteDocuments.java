package io.jmigrate.cli.manual;

import io.jmigrate.cli.command.Grammar;
import io.jmigrate.cli.completion.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** The build's program that writes manual pages and completions: {@code WriteDocuments SHARE}. */
public final class WriteDocuments {
    private WriteDocuments() {}

    public static void main(String[] arguments) throws IOException {
        Path share = Path.of(arguments[0]);
        CommandLine grammar = Grammar.whole();
        writePages(grammar, Files.createDirectories(share.resolve("man/man1")));
        Path completions = Files.createDirectories(share.resolve("completions"));
        for (Shell shell : Shell.values()) {
            Files.writeString(completions.resolve(shell.fileName()), shell.completion(grammar));
        }
    }

    private static void writePages(CommandLine command, Path directory) throws IOException {
        String name = ManualPage.name(command.getCommandSpec());
        Files.writeString(directory.resolve(name + ".1"), ManualPage.of(command.getCommandSpec()));
        for (CommandLine subcommand : command.getSubcommands().values()) {
            writePages(subcommand, directory);
        }
    }
}
