package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.CommandRunner;
import io.jmigrate.cli.invocation.OrderlyEnd;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.service.ServiceSocket;
import io.jmigrate.cli.service.WarmService;

/** Is the service, in the foreground. */
final class ServiceRunVerb implements Verb {
    private final CommandRunner runner;

    ServiceRunVerb(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "run",
                        "Be the service, in the foreground.",
                        "TERM, INT or HUP ends it when the commands that it runs are finished.")
                .examples("$ jmigrate service run");
    }

    @Override
    public int run(Session session) {
        ServiceSocket socket = ServiceVerb.socket(session);
        WarmService service =
                new WarmService(socket.listen(), runner, session.invocation().distribution(), session.log()::warning);
        session.invocation().signals().handle(new OrderlyEnd(_ -> end(socket, service)));
        session.out().println("listening on " + socket.path());
        session.out().flush();
        service.serve();
        return ExitCode.SUCCESS.status();
    }

    private static void end(ServiceSocket socket, WarmService service) {
        try {
            socket.remove();
        } finally {
            service.end();
        }
    }
}
