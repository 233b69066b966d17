package io.jmigrate.cli.command;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.GlobalOptions;
import io.jmigrate.cli.verb.Verb;
import io.jmigrate.runtime.launch.OwnCommandLine;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Makes the parser's model of the program, whole or with the one verb that is called. */
public final class Grammar {
    private Grammar() {}

    /** The model with every verb: for help and completion. */
    public static CommandLine whole() {
        return whole(new GlobalOptions());
    }

    private static CommandLine whole(GlobalOptions global) {
        CommandLine program = program(global);
        for (String name : VerbTable.names()) {
            add(program, name, VerbTable.make(name).orElseThrow());
        }
        return lettingTheLastWin(program);
    }

    /** The smallest model that can parse these words. */
    static CommandLine parsing(List<String> words, GlobalOptions global) {
        Optional<String> name = OwnCommandLine.verb(words);
        Optional<Verb> verb = name.flatMap(VerbTable::make);
        if (verb.isEmpty()) {
            return whole(global);
        }
        CommandLine program = program(global);
        add(program, name.get(), verb.get());
        return lettingTheLastWin(program);
    }

    /** Of an option that is given twice, as runc does it: callers add theirs to what a configuration says. */
    private static CommandLine lettingTheLastWin(CommandLine program) {
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // else the parser warns on standard error
        return program.setOverwrittenOptionsAllowed(true);
    }

    private static CommandLine program(GlobalOptions global) {
        Declaration program = Declaration.of(
                        global,
                        "jmigrate",
                        "Runs OCI containers, and moves running ones: to an archive and back, or to another node.")
                .help();
        program.spec()
                .addOption(OptionSpec.builder("-v", "--version")
                        .versionHelp(true)
                        .description("Print the version.")
                        .build());
        global.declare(program);
        UsageMessageSpec usage = program.spec().usageMessage();
        usage.synopsisSubcommandLabel("COMMAND");
        usage.optionListHeading("%nOptions before the command:%n");
        usage.footer(
                "",
                "A first container:",
                "  $ mkdir -p web/rootfs/bin && cp /bin/busybox web/rootfs/bin/sh",
                "  $ jmigrate spec --bundle web",
                "  $ jmigrate run --bundle web web1",
                "",
                "`jmigrate COMMAND --help` explains a command.");
        return program.commandLine();
    }

    private static void add(CommandLine program, String name, Verb verb) {
        program.addSubcommand(name, verb.declaration().help().commandLine());
    }
}
