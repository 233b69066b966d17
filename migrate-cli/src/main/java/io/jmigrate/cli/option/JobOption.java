package io.jmigrate.cli.option;

import java.util.Optional;
import java.util.OptionalInt;

/** The option that names a job, a tree of processes that runs in no container. */
public final class JobOption {
    private OptionalInt pid = OptionalInt.empty();

    /** Adds the option. @param act what is done to it, for example {@code Save} */
    public Declaration declare(Declaration verb, String act) {
        return verb.option(
                "--pid",
                "PID",
                act + " a job instead of a container: this process, which runs in none, and all that descends from it.",
                JobOption::pid,
                value -> pid = OptionalInt.of(value));
    }

    private static int pid(String text) {
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (number <= 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no pid");
        }
        return number;
    }

    /** The pid of its first process, if a job was named. */
    public Optional<Integer> pid() {
        return pid.stream().boxed().findFirst();
    }
}
