package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.HelpOption;
import io.jmigrate.cli.report.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the versions, in the form that runc prints its own. */
@Command(
        name = "version",
        description = "Print the version of the program and of the specification that it implements.")
public final class VersionVerb implements Verb {
    private static final String SPECIFICATION = "1.2.0";

    @Mixin
    HelpOption help;

    @Override
    public int run(Session session) {
        session.out().println("jmigrate version " + BuildVersion.text());
        session.out().println("spec: " + SPECIFICATION);
        session.out().println("java: " + Runtime.version().feature());
        return ExitCode.SUCCESS.status();
    }
}
