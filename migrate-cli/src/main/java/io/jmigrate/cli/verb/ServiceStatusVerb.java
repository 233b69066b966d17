package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.service.RunningService;
import io.jmigrate.cli.service.ServiceSocket;
import java.util.Optional;

/** Tells whether the service runs. */
final class ServiceStatusVerb implements Verb {
    @Override
    public Declaration declaration() {
        return Declaration.of(this, "status", "Tell whether the service runs; exit code 3 if it does not.")
                .examples("$ jmigrate service status");
    }

    @Override
    public int run(Session session) {
        ServiceSocket socket = ServiceVerb.socket(session);
        Optional<RunningService> service = socket.listener();
        session.out()
                .println(service.map(s -> "running as process " + s.process().pid() + " on " + socket.path())
                        .orElse("not running"));
        return service.isPresent() ? ExitCode.SUCCESS.status() : ExitCode.NOT_RUNNING.status();
    }
}
