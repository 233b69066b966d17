package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.CommandRunner;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.service.ServiceSocket;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;

/** The commands about the warm service. */
public final class ServiceVerb implements Verb {
    private final CommandRunner runner;

    /** @param runner runs a command for a front */
    public ServiceVerb(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public Declaration declaration() {
        Declaration group = Declaration.of(
                this,
                "service",
                "Keep a JVM warm, so that commands take milliseconds.",
                "The service is optional and holds no state. Its socket is /run/jmigrate/service.sock or $JMIGRATE_SERVICE.");
        add(group, "run", new ServiceRunVerb(runner));
        add(group, "start", new ServiceStartVerb());
        add(group, "stop", new ServiceStopVerb());
        add(group, "status", new ServiceStatusVerb());
        return group;
    }

    private static void add(Declaration group, String name, Verb verb) {
        group.spec().addSubcommand(name, verb.declaration().help().commandLine());
    }

    @Override
    public int run(Session session) {
        throw Failure.of(OptionCode.USAGE, "service needs a command: run, start, stop or status");
    }

    static ServiceSocket socket(Session session) {
        return new ServiceSocket(session.invocation()
                .variable(ServiceSocket.VARIABLE)
                .map(Path::of)
                .map(session::resolve)
                .orElse(ServiceSocket.DEFAULT));
    }
}
