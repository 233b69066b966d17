package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.CommandRunner;
import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.invocation.OrderlyEnd;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.service.ActivatedEntrance;
import io.jmigrate.cli.service.Entrance;
import io.jmigrate.cli.service.ServiceSocket;
import io.jmigrate.cli.service.WarmService;
import io.jmigrate.runtime.notify.NotifySocket;
import java.util.Optional;

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
                        "TERM, INT or HUP ends it when the commands that it runs are finished.",
                        "A service manager may give it its socket ($LISTEN_FDS), and is told when it listens ($NOTIFY_SOCKET): "
                                + "PREFIX/share/systemd has the units for systemd.")
                .examples("$ jmigrate service run");
    }

    @Override
    public int run(Session session) {
        Invocation invocation = session.invocation();
        ServiceSocket socket = ServiceVerb.socket(session);
        int given = PreservedDescriptors.listening(invocation);
        Entrance entrance =
                given == 0 ? socket.listen() : ActivatedEntrance.of(PreservedDescriptors.of(invocation, given));
        WarmService service = new WarmService(entrance, runner, invocation.distribution(), session.log()::warning);
        invocation.signals().handle(new OrderlyEnd(_ -> service.end()));
        Optional<NotifySocket> manager =
                invocation.variable(NotifySocket.VARIABLE).map(NotifySocket::new);
        session.out().println("listening on " + socket.path());
        session.out().flush();
        manager.ifPresent(told -> told.tell(NotifySocket.READY));
        service.serve();
        return ExitCode.SUCCESS.status();
    }
}
