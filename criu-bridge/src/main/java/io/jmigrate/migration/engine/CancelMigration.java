package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.JournalRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Gives up a migration that another process of this host works on, at either end.
 *
 * <p>Needs: the migration has not committed. On success it has ended, and the container goes on at its source. On failure nothing has changed by this; after
 * the commit the migration goes on.
 */
public final class CancelMigration {
    /** Errors of connect(2) to a socket that nobody listens on, or that is gone. */
    private static final Set<Errno> NOBODY = Set.of(Errno.ECONNREFUSED, Errno.ENOENT);

    private static final byte NOTHING = 0;

    private final Journals journals;
    private final Duration patience;

    /** @param patience how long the end of the migration is waited for */
    public CancelMigration(Journals journals, Duration patience) {
        this.journals = journals;
        this.patience = patience;
    }

    /**
     * @param asked a record of the migration, at the end that is to give up
     * @return its last record
     * @throws Failure TOO_LATE, NOT_UNDER_WAY, JOURNAL, or LEFT_FROZEN if the container could not be set going, or whoever works on it was
     *     killed
     */
    public JournalRecord run(JournalRecord asked) {
        Fd connection =
                connect(asked).orElseThrow(() -> refused(MigrationCode.NOT_UNDER_WAY, asked, "nobody works on it"));
        try (connection) {
            switch (word(connection)) {
                case CancelRequests.GIVEN_UP -> {}
                case CancelRequests.TOO_LATE ->
                    throw refused(MigrationCode.TOO_LATE, asked, "the destination has been told to take over");
                default -> throw refused(MigrationCode.NOT_UNDER_WAY, asked, "who works on it did not answer");
            }
            Readiness.readable(connection, patience); // its end
        }
        JournalRecord last = now(asked);
        if (!last.ended()) {
            throw Failure.of(
                    MigrationCode.LEFT_FROZEN,
                    "the migration of container \"" + asked.container()
                            + "\" was given up and has not ended by its journal: " + last.whereabouts());
        }
        return last;
    }

    /** What is said; {@link #NOTHING} by a process that has ended, or has hung up since the migration is over. */
    private byte word(Fd connection) {
        if (!Readiness.readable(connection, patience)) {
            return NOTHING;
        }
        try {
            ByteBuffer said = Sockets.receive(connection, 1, 0).data();
            return said.hasRemaining() ? said.get() : NOTHING;
        } catch (LinuxException e) {
            return NOTHING;
        }
    }

    private Optional<Fd> connect(JournalRecord asked) {
        CancelSocket name = new CancelSocket(journals, asked.id(), side(asked));
        try {
            return Optional.of(name.at(Sockets::connect));
        } catch (IOException | LinuxException e) {
            if (e instanceof LinuxException linux && NOBODY.contains(linux.errno())) {
                return Optional.empty();
            }
            throw Failure.of(MigrationCode.JOURNAL, "cannot use the socket " + name.path() + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static Side side(JournalRecord entry) {
        return switch (entry) {
            case SourceRecord _ -> Side.SOURCE;
            case DestinationRecord _ -> Side.DESTINATION;
        };
    }

    private JournalRecord now(JournalRecord asked) {
        MigrationId id = asked.id();
        Optional<? extends JournalRecord> entry =
                asked instanceof SourceRecord ? journals.source(id) : journals.destination(id);
        return entry.map(JournalRecord.class::cast).orElse(asked);
    }

    private Failure refused(MigrationCode code, JournalRecord asked, String why) {
        return Failure.of(
                code,
                "cannot cancel the migration " + asked.id() + " of container \"" + asked.container() + "\": " + why
                        + "; by its journal " + now(asked).whereabouts());
    }
}
