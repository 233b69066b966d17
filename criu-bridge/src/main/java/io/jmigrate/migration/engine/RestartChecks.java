package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a container can be ended here and started elsewhere, and if need be here again. */
record RestartChecks(MigrationHost host, ContainerRecord container, StopTerms terms) {
    private static final String RESTART = "restart";

    List<Check> all() {
        String word = container.state().word();
        if (!(container.state() instanceof ContainerState.Running running)) {
            return List.of(DepartureChecks.outOfState(container.id().inSentence() + " is " + word, word));
        }
        List<Check> all = new ArrayList<>();
        all.add(signal());
        all.add(again());
        Monitor.of(running.process())
                .ifPresent(monitor -> all.add(Check.blocker(
                        End.SOURCE,
                        RESTART,
                        monitor
                                + " waits for the container's end, and would remove it before it could be started again",
                        "have that program stop it here and start it there, or run it with jmigrate run --detach")));
        return all;
    }

    private Check signal() {
        Optional<Signal> signal = terms.signal(container.annotations());
        if (signal.isEmpty()) {
            return Check.blocker(
                    End.SOURCE,
                    RESTART,
                    "the annotation " + StopTerms.ANNOTATION + " of its config names no signal: "
                            + container.annotations().get(StopTerms.ANNOTATION),
                    "name one: --stop-signal");
        }
        return Check.note(
                End.SOURCE,
                RESTART,
                "its programs are told to end by " + signal.get() + ", killed after "
                        + terms.grace().toMillis() / 1000.0
                        + " s, and begin anew there: what they have in memory, their connections and the files of its tmpfs mounts do not come along",
                "have it move as it runs: without --mode restart");
    }

    private Check again() {
        try {
            host.containers().startAgain().check(container.id());
            return Check.passed(End.SOURCE, "bundle", "it can be started here again if it does not start there");
        } catch (Failure e) {
            return Check.blocker(
                    End.SOURCE,
                    "bundle",
                    String.join(": ", "it could not be started here again if it does not start there", e.getMessage())
                            + e.details().stream()
                                    .findFirst()
                                    .map(detail -> ": " + detail)
                                    .orElse(""),
                    "mend " + container.bundle());
        }
    }
}
