package io.jmigrate.cli.option;

import picocli.CommandLine.Option;

/** Asks for the help of a verb. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean asked;
}
