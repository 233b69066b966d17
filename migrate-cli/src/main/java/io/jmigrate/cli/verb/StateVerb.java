package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;

/** Prints the state of a container, as the OCI runtime specification has it. */
public final class StateVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();

    @Override
    public Declaration declaration() {
        return container
                .declare(Declaration.of(this, "state", "Print a container's state as JSON."))
                .examples("$ jmigrate state web1");
    }

    @Override
    public int run(Session session) {
        session.out().print(session.containers().state().json(container.id()));
        return ExitCode.SUCCESS.status();
    }
}
