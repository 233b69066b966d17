package io.jmigrate.cli.service;

import io.jmigrate.cli.report.CliCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.Sockets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A socket that a service manager has made, and keeps when the service ends: who connects then waits until the service is started again
 * (sd_listen_fds(3)). So nothing may be done to the socket itself, and the end of waiting comes over a pipe.
 */
public final class ActivatedEntrance implements Entrance {
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final Fd listening;
    private final FdPair end = Descriptors.pipe();

    private ActivatedEntrance(Fd listening) {
        this.listening = listening;
    }

    /**
     * The one socket that was given. Who connects is shown this process from now on.
     *
     * @param given all descriptors that the service manager has opened
     * @throws Failure SERVICE if it is not one socket that somebody listens on
     */
    public static Entrance of(List<Fd> given) {
        if (given.size() != 1 || !Sockets.takeOver(given.getFirst())) {
            throw Failure.of(
                    CliCode.SERVICE,
                    "the service manager has to give the service one listening socket, and has given " + given.size()
                            + " descriptors");
        }
        return new ActivatedEntrance(given.getFirst());
    }

    @Override
    public Optional<Fd> accept() {
        List<Fd> ready = List.of();
        while (ready.isEmpty()) {
            ready = Readiness.await(List.of(listening, end.first()), LOOK_AGAIN);
        }
        return ready.contains(end.first()) ? Optional.empty() : Optional.of(Sockets.accept(listening));
    }

    @Override
    public void close() {
        end.second().close();
    }
}
