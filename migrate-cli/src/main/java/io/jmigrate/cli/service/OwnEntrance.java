package io.jmigrate.cli.service;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Sockets;
import java.util.Optional;

/**
 * A socket that the service has made itself, and takes away again.
 *
 * @param name where it is
 * @param listening what listens there
 */
record OwnEntrance(ServiceSocket name, Fd listening) implements Entrance {
    /** A socket that was shut down is what accept(2) calls an invalid argument. */
    @Override
    public Optional<Fd> accept() {
        try {
            return Optional.of(Sockets.accept(listening));
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.EINVAL)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            name.remove();
        } finally {
            Sockets.shutdown(listening);
        }
    }
}
