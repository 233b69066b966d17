package io.jmigrate.cli.service;

import io.jmigrate.cli.report.CliCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the service listens. Fronts look at the same place.
 *
 * @param path of the socket
 */
public record ServiceSocket(Path path) {
    /** Names the socket, for fronts and service. */
    public static final String VARIABLE = "JMIGRATE_SERVICE";

    /** What it is called otherwise, in the directory of the user. */
    public static final String NAME = "service.sock";

    private static final int OWNER_ONLY = 0600;
    /** Bits of a file's mode, stat(2). */
    private static final int FILE_TYPE = 0170000;

    private static final int SOCKET = 0140000;
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

    /** The service that listens there; empty when none does, also if a service manager is about to start it. */
    public Optional<RunningService> listener() {
        return peer().flatMap(RunningService::ofJava);
    }

    /** Whether anybody listens there: a service, or a service manager that starts one now that somebody has connected. */
    public boolean isTaken() {
        return peer().isPresent();
    }

    /** Who has begun to listen there, if somebody listens. */
    private Optional<Integer> peer() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (Fd connection = Sockets.connect(path)) {
            return Optional.of(Sockets.peerCredentials(connection).pid());
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ECONNREFUSED) || e.errno().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Takes the name away, so that fronts look for nobody here. */
    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path + ": " + IoReason.of(e), e);
        }
    }

    private void refuseIfTaken() {
        peer().ifPresent(pid -> {
            throw Failure.of(
                    CliCode.SERVICE,
                    RunningService.ofJava(pid)
                            .map(running -> "a service runs already, as process "
                                    + running.process().pid())
                            .orElse("a service manager listens at " + path + " and starts the service"));
        });
    }

    /** What is no socket is somebody's file. */
    private void removeOld() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket()) {
            throw Failure.of(CliCode.SERVICE, path + " exists and is no socket: it is left alone");
        }
        Files.deleteIfExists(path);
    }

    private boolean isSocket() throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET;
    }

    /**
     * Listens there, for this user alone. What a service that was killed has left is removed; two that begin at once exclude each
     * other.
     *
     * @throws Failure SERVICE if a service listens there already
     */
    public Entrance listen() {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            try (NameLock _ = NameLock.acquire(path.resolveSibling(path.getFileName() + ".lock"), LOCK_LIMIT)) {
                refuseIfTaken();
                removeOld();
                return new OwnEntrance(this, Sockets.listen(path, OWNER_ONLY));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path + ": " + IoReason.of(e), e);
        }
    }
}
