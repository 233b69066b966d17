package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;

/** Freeze all processes of a container. */
public final class PauseVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();

    @Override
    public Declaration declaration() {
        return container
                .declare(Declaration.of(this, "pause", "Freeze all processes of a container."))
                .examples("$ jmigrate pause web1");
    }

    @Override
    public int run(Session session) {
        session.containers().pause().pause(container.id());
        return ExitCode.SUCCESS.status();
    }
}
