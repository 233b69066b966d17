package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hears other processes of this host and user that wish to give a migration up: each connects to a Unix socket beside its journal, gets one byte
 * that says whether it came in time, and sees the connection end when the migration has ended. Signals would not do: in a service the
 * process belongs to others, too.
 */
final class CancelRequests implements AutoCloseable {
    /** The answer to a wish that comes before the commit. */
    static final byte GIVEN_UP = 'g';

    static final byte TOO_LATE = 'l';
    private static final int OWNER_ONLY = 0600;
    private static final String BY = "the command migration cancel";

    private final CancelSocket name;
    private final CancelToken token;
    private final Fd listening;
    private final Thread thread;
    private final List<Fd> waiting = new ArrayList<>();

    /** Listens until it is closed. @throws Failure JOURNAL */
    static CancelRequests open(Journals journals, MigrationId id, Side side, CancelToken token) {
        CancelSocket name = new CancelSocket(journals, id, side);
        try {
            return new CancelRequests(name, token, name.at(path -> Sockets.listen(path, OWNER_ONLY)));
        } catch (IOException | LinuxException e) {
            throw Failure.of(MigrationCode.JOURNAL, "cannot make the socket " + name.path() + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private CancelRequests(CancelSocket name, CancelToken token, Fd listening) {
        this.name = name;
        this.token = token;
        this.listening = listening;
        this.thread = Thread.ofPlatform().daemon().name("cancel requests").start(this::hear);
    }

    private void hear() {
        for (Optional<Fd> next = accept(); next.isPresent(); next = accept()) {
            waiting.add(next.get());
            answer(next.get(), token.cancel(BY) ? GIVEN_UP : TOO_LATE);
        }
    }

    /** A socket that was shut down is what accept(2) calls an invalid argument. */
    private Optional<Fd> accept() {
        try {
            return Optional.of(Sockets.accept(listening));
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.EINVAL)) {
                log("nobody can give this migration up any more", e);
            }
            return Optional.empty();
        }
    }

    private static void answer(Fd caller, byte word) {
        try {
            Sockets.send(caller, ByteBuffer.wrap(new byte[] {word}), List.of());
        } catch (LinuxException e) {
            log("who wished to give a migration up has gone", e);
        }
    }

    private static void log(String what, Exception e) {
        System.getLogger(CancelRequests.class.getName()).log(System.Logger.Level.WARNING, what, e);
    }

    /** The migration has ended: those who wait are told so. */
    @Override
    public void close() {
        name.remove();
        try (listening) {
            Sockets.shutdown(listening);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.forEach(Fd::close);
        }
    }
}
