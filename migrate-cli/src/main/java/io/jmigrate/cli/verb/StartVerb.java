package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;

/** Starts the program of a created container. */
public final class StartVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();

    @Override
    public Declaration declaration() {
        return container
                .declare(Declaration.of(this, "start", "Start the program of a created container."))
                .examples("$ jmigrate start web1");
    }

    @Override
    public int run(Session session) {
        session.containers().start().start(container.id());
        return ExitCode.SUCCESS.status();
    }
}
