package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.CliCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.service.ServiceSocket;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.FdInputStream;
import io.jmigrate.runtime.linux.FdPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the service in the background. */
final class ServiceStartVerb implements Verb {
    @Override
    public Declaration declaration() {
        return Declaration.of(this, "start", "Start the service in the background and wait until it listens.")
                .examples("$ jmigrate service start", "$ jmigrate service status");
    }

    @Override
    public int run(Session session) {
        ServiceSocket socket = ServiceVerb.socket(session);
        if (socket.isTaken()) {
            return ExitCode.SUCCESS.status();
        }
        List<String> environment = List.of(
                ServiceSocket.VARIABLE + "=" + socket.path(),
                "PATH=" + session.invocation().variable("PATH").orElse("/usr/sbin:/usr/bin:/sbin:/bin"));
        FdPair pipe = Descriptors.pipe();
        session.invocation()
                .launcher()
                .launch(Launch.of(session.invocation().distribution().front(), "service", "run")
                        .withEnv(environment)
                        .withCwd(Path.of("/"))
                        .withDescriptors(Map.of(1, pipe.second()))
                        .inNewSession());
        pipe.second().close();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(new FdInputStream(pipe.first()), StandardCharsets.UTF_8))) {
            if (said.readLine() == null && socket.listener().isEmpty()) { // another one may have been faster
                throw Failure.of(CliCode.SERVICE, "the service has ended: jmigrate service run tells why");
            }
        } catch (IOException e) {
            throw Failure.of(CliCode.SERVICE, "the service does not answer: " + IoReason.of(e))
                    .withCause(e);
        }
        return ExitCode.SUCCESS.status();
    }
}
