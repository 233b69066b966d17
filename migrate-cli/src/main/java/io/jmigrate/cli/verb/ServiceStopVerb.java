package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.service.RunningService;

/** Ends the service. */
final class ServiceStopVerb implements Verb {
    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "stop",
                        "End the service, and wait until it is gone.",
                        "Commands that it still runs are finished before; a `run` in the foreground is such a command.",
                        "Containers are not touched.")
                .examples("$ jmigrate service stop");
    }

    @Override
    public int run(Session session) {
        ServiceVerb.socket(session).listener().ifPresent(RunningService::end);
        return ExitCode.SUCCESS.status();
    }
}
