package io.jmigrate.cli.service;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the service listens. Fronts look at the same place.
 *
 * @param path of the socket
 */
public record ServiceSocket(Path path) {
    /** Names the socket, for fronts and service. */
    public static final String VARIABLE = "JMIGRATE_SERVICE";

    /** Where it is otherwise. */
    public static final Path DEFAULT = Path.of("/run/jmigrate/service.sock");

    private static final int OWNER_ONLY = 0600;

    /** The service that listens there; empty when none does. */
    public Optional<RunningService> listener() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (Fd connection = Sockets.connect(path)) {
            return RunningService.ofJava(Sockets.peerCredentials(connection).pid());
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ECONNREFUSED) || e.errno().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Takes the name away, so that fronts look for nobody here. */
    public void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }

    /** Listens there, for this user alone. What a service that was killed has left is removed: ask {@link #listener} before. */
    public Fd listen() {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path + ": " + e.getMessage(), e);
        }
        return Sockets.listen(path, OWNER_ONLY);
    }
}
