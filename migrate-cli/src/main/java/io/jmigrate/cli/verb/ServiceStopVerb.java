package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Numbers;
import io.jmigrate.cli.report.CliCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.service.RunningService;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;

/** Ends the service. */
final class ServiceStopVerb implements Verb {
    private Duration limit = Duration.ofMinutes(10);

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "stop",
                        "End the service, and wait until it is gone.",
                        "Commands that it still runs are finished before; a `run` in the foreground is such a command.",
                        "Containers are not touched.")
                .option(
                        "--timeout",
                        "SECONDS",
                        "Wait no longer for the commands (default: 600): the service takes no more then, and ends when they have.",
                        Numbers::seconds,
                        value -> limit = value)
                .examples("$ jmigrate service stop", "$ jmigrate service stop --timeout 30");
    }

    @Override
    public int run(Session session) {
        ServiceVerb.socket(session)
                .listener()
                .filter(service -> !service.end(limit))
                .ifPresent(this::tellOfCommands);
        return ExitCode.SUCCESS.status();
    }

    private void tellOfCommands(RunningService service) {
        throw Failure.of(
                        CliCode.SERVICE,
                        "the service still runs commands after " + limit.toSeconds()
                                + " s; it takes no more of them, and ends when they have")
                .withRemedy("end the commands in the foreground; the service is process "
                        + service.process().pid());
    }
}
