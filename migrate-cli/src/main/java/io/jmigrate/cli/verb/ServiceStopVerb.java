package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;

/** Ends the service. */
final class ServiceStopVerb implements Verb {
    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "stop",
                        "End the service. Containers are not touched; commands that it still runs are lost.")
                .examples("$ jmigrate service stop");
    }

    @Override
    public int run(Session session) {
        ServiceVerb.socket(session)
                .listener()
                .flatMap(process -> Processes.find(process.pid()))
                .ifPresent(process -> Processes.kill(process, Signal.TERM));
        return ExitCode.SUCCESS.status();
    }
}
