package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CreateOptions;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;

/** Makes a container whose program waits for the start. */
public final class CreateVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final CreateOptions options = new CreateOptions();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                this, "create", "Make a container from a bundle. Its program waits until the container is started.");
        return container
                .declare(options.declare(verb))
                .examples("$ jmigrate create --bundle web web1", "$ jmigrate start web1", "$ jmigrate state web1");
    }

    @Override
    public int run(Session session) {
        session.containers().create().create(Requests.create(session, container.id(), options, false));
        return ExitCode.SUCCESS.status();
    }
}
