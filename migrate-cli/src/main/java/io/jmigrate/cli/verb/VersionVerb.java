package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.spec.Specs;

/** Prints the versions, in the form that runc prints its own. */
public final class VersionVerb implements Verb {
    @Override
    public Declaration declaration() {
        return Declaration.of(
                this, "version", "Print the version of the program and of the specification that it implements.");
    }

    @Override
    public int run(Session session) {
        session.out().println("jmigrate version " + BuildVersion.text());
        session.out().println("spec: " + Specs.OCI_VERSION);
        session.out().println("java: " + Runtime.version().feature());
        return ExitCode.SUCCESS.status();
    }
}
