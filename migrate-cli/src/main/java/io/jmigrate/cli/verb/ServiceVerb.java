package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.CommandRunner;
import io.jmigrate.cli.service.ServiceSocket;
import java.nio.file.Path;

/** The commands about the warm service. */
public final class ServiceVerb {
    private ServiceVerb() {}

    /** @param runner runs a command for a front */
    public static Verb group(CommandRunner runner) {
        return new VerbGroup(
                        "service",
                        "Keep a JVM warm, so that commands take milliseconds.",
                        "The service is optional and holds no state. It serves its user alone. Its socket is $"
                                + ServiceSocket.VARIABLE
                                + ", else /run/jmigrate/service.sock or, for ordinary users, $XDG_RUNTIME_DIR/jmigrate/service.sock.")
                .with("run", new ServiceRunVerb(runner))
                .with("start", new ServiceStartVerb())
                .with("stop", new ServiceStopVerb())
                .with("status", new ServiceStatusVerb());
    }

    static ServiceSocket socket(Session session) {
        return new ServiceSocket(session.invocation()
                .variable(ServiceSocket.VARIABLE)
                .map(Path::of)
                .map(session::resolve)
                .orElseGet(() ->
                        UserDirectory.forService().of(session.invocation()).resolve(ServiceSocket.NAME)));
    }
}
