package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.container.KillRequest;
import io.jmigrate.runtime.linux.Signal;

/** Sends a signal to a container. */
public final class KillVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private Signal signal = Signal.TERM;
    private boolean all;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(this, "kill", "Send a signal (default: TERM) to a container's init.")
                .flag("-a, --all", "Send it to every process of the container.", value -> all = value);
        return container
                .declare(verb)
                .optionalArgument(
                        "SIGNAL", "Name or number: KILL, SIGKILL, 9.", KillVerb::parse, value -> signal = value)
                .examples("$ jmigrate kill web1", "$ jmigrate kill --all web1 KILL");
    }

    private static Signal parse(String text) {
        return Signal.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("there is no signal \"" + text + "\""));
    }

    @Override
    public int run(Session session) {
        session.containers().kill().kill(new KillRequest(container.id(), signal, all));
        return ExitCode.SUCCESS.status();
    }
}
