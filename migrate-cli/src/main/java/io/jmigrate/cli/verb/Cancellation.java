package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.CallerSignals;
import io.jmigrate.cli.report.CliCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.util.Optional;

/** Whether the caller has sent a signal, which means that the command is to give up. */
final class Cancellation {
    private final String act;
    private volatile Optional<Signal> received = Optional.empty();

    private Cancellation(String act) {
        this.act = act;
    }

    /** Listens from now on. @param act what is cancelled, for example {@code the checkpoint of "web"} */
    static Cancellation of(CallerSignals signals, String act) {
        Cancellation cancellation = new Cancellation(act);
        signals.handle(signal -> cancellation.received = Optional.of(signal));
        return cancellation;
    }

    /**
     * What could be cancelled is complete, and is a process now. Signals go to that from now on, and so does one that came too late to
     * cancel it: a supervisor sends none twice.
     *
     * @param child ends as the process does
     */
    void handOver(CallerSignals signals, Child child, ProcessRef process) {
        signals.forwardTo(child);
        received.ifPresent(signal -> Processes.killIfAlive(process, signal));
    }

    /** @throws Failure INTERRUPTED if a signal has come */
    void check() {
        received.ifPresent(signal -> {
            throw Failure.of(CliCode.INTERRUPTED, act + " was cancelled by signal " + signal.name());
        });
    }
}
