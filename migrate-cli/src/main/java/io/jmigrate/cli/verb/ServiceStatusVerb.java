package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.service.ServiceSocket;
import io.jmigrate.runtime.linux.PeerCredentials;
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
        Optional<PeerCredentials> process = socket.listener();
        session.out()
                .println(process.map(p -> "running as process " + p.pid() + " on " + socket.path())
                        .orElse("not running"));
        return process.isPresent() ? ExitCode.SUCCESS.status() : ExitCode.NOT_RUNNING.status();
    }
}
