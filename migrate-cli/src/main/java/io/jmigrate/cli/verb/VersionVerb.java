package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;

/** Prints the versions, in the form that runc prints its own. */
public final class VersionVerb implements Verb {
    private static final String SPECIFICATION = "1.2.0";

    @Override
    public Declaration declaration() {
        return Declaration.of(
                this, "version", "Print the version of the program and of the specification that it implements.");
    }

    @Override
    public int run(Session session) {
        session.out().println("jmigrate version " + BuildVersion.text());
        session.out().println("spec: " + SPECIFICATION);
        session.out().println("java: " + Runtime.version().feature());
        return ExitCode.SUCCESS.status();
    }
}
