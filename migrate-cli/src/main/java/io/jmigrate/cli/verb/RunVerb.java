package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CreateOptions;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.container.CreateRequest;
import io.jmigrate.runtime.container.RunRequest;
import io.jmigrate.runtime.launch.ExitStatus;

/** Makes a container and starts it. */
public final class RunVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final CreateOptions options = new CreateOptions();
    private boolean detach;
    private boolean keep;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                this,
                "run",
                "Make a container from a bundle and start it.",
                "In the foreground the command hands signals on to the container, removes it at its end and exits with"
                        + " its status.");
        options.declare(verb)
                .flag("-d, --detach", "Leave the container running and return.", value -> detach = value)
                .flag("--keep", "Keep the stopped container instead of removing it.", value -> keep = value)
                .flag("--no-subreaper", "Accepted for runc's sake: no subreaper is used.", _ -> {});
        return container
                .declare(verb)
                .examples("$ jmigrate run --bundle web web1", "$ jmigrate run -d --pid-file web1.pid -b web web1");
    }

    @Override
    public int run(Session session) {
        CreateRequest request = Requests.create(session, container.id(), options, !detach);
        if (detach) {
            session.containers().run().leaving(request);
            return ExitCode.SUCCESS.status();
        }
        ExitStatus end = session.containers()
                .run()
                .foreground(
                        new RunRequest(request, keep),
                        init -> session.invocation().signals().forwardTo(init));
        return end.code();
    }
}
