package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.ExecOptions;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.report.ExitCodes;
import io.jmigrate.runtime.container.ExecRequest;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.launch.Child;

/** Executes one more process in a container. */
public final class ExecVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final ExecOptions options = new ExecOptions();

    @Override
    public Declaration declaration() {
        Declaration verb = options.declare(
                Declaration.of(
                        this,
                        "exec",
                        "Execute a command in a container, as one more process of it.",
                        "The command's user, environment and directory are those of the container's init unless told otherwise."));
        return container
                .declare(verb)
                .rest("COMMAND", "The command and its arguments.", options::command)
                .examples("$ jmigrate exec web1 ps", "$ jmigrate exec -e HOME=/tmp --cwd /tmp web1 sh -c 'echo $HOME'");
    }

    @Override
    public int run(Session session) {
        ExecRequest request = new ExecRequest(
                container.id(),
                options.process(session::resolve),
                session.containerStreams(),
                session.console(options.console(), !options.detach()),
                options.pidFile().map(session::resolve),
                options.pidfdSocket().map(session::resolve),
                PreservedDescriptors.of(session.invocation(), options.preserved()),
                options.subCgroups(),
                options.ignorePaused(),
                options.detach());
        Child process = session.containers().exec().exec(request);
        if (options.detach()) {
            return ExitCode.SUCCESS.status();
        }
        session.invocation().signals().forwardTo(process);
        return process.await().code();
    }

    @Override
    public ExitCode exitCode(FailureCode code) {
        return ExitCodes.of(code, ExitCode.EXEC_FAILED);
    }
}
