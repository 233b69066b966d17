package io.jmigrate.cli.command;

import io.jmigrate.cli.option.GlobalOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program itself: global options and no verb. */
@Command(
        name = "jmigrate",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Runs OCI containers, and moves running ones: to an archive and back, or to another node.", ""},
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions before the command:%n",
        footer = {
            "",
            "A first container:",
            "  $ mkdir -p web/rootfs/bin && cp /bin/busybox web/rootfs/bin/sh",
            "  $ jmigrate spec --bundle web",
            "  $ jmigrate run --bundle web web1",
            "",
            "`jmigrate COMMAND --help` explains a command."
        })
final class RootCommand {
    @Mixin
    GlobalOptions global = new GlobalOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-v", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;
}
