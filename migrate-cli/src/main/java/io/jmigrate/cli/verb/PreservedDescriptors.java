package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.option.Numbers;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The caller's descriptors from 3 on that a container's process gets: those that a service manager has opened for it, then as many as
 * {@code --preserve-fds} says. As in runC.
 */
final class PreservedDescriptors {
    private static final int FIRST = 3;
    private static final int MAX = 64;

    /** How many the service manager has opened (sd_listen_fds(3)). The front leaves it out if LISTEN_PID names another process. */
    private static final String LISTEN_FDS = "LISTEN_FDS";

    private PreservedDescriptors() {}

    /** @throws Failure USAGE */
    static int listening(Invocation invocation) {
        try {
            return invocation
                    .variable(LISTEN_FDS)
                    .map(text -> Numbers.between(text, 0, MAX))
                    .orElse(0);
        } catch (IllegalArgumentException e) {
            throw Failure.of(OptionCode.USAGE, "$" + LISTEN_FDS + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    /** @throws Failure USAGE if one of them is not open */
    static List<Fd> of(Invocation invocation, int count) {
        if (count > MAX) {
            throw Failure.of(OptionCode.USAGE, count + " descriptors are to be handed on, at most " + MAX + " can be");
        }
        return IntStream.range(FIRST, FIRST + count)
                .mapToObj(number -> Optional.ofNullable(invocation.descriptors().get(number))
                        .orElseThrow(() -> Failure.of(
                                OptionCode.USAGE, "descriptor " + number + " is to be handed on and is not open")))
                .toList();
    }
}
