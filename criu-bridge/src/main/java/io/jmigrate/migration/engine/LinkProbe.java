package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.Random;

/**
 * Measures how many bytes a second a connection takes, encrypted as those of a migration are: the caller sends bytes until a second is over
 * or it has sent enough, and the other end says when all have come.
 */
final class LinkProbe {
    /** So many that a link of 10 Gbit/s is measured, and a slow one in a second. */
    private static final int BYTES_MAX = 128 << 20;

    private static final Duration TIME_MAX = Duration.ofSeconds(1);
    private static final int PIECE_BYTES = 256 << 10;
    private static final double NANOS_A_SECOND = 1e9;

    private LinkProbe() {}

    /** The caller's end. @return bytes a second */
    static double measure(Connection connection, Duration patience) {
        byte[] piece = new byte[PIECE_BYTES];
        new Random().nextBytes(piece);
        Data data = connection.data();
        long begun = System.nanoTime();
        long sent = 0;
        while (sent < BYTES_MAX && System.nanoTime() - begun < TIME_MAX.toNanos()) {
            data.send(new DataMessage.Filler(piece));
            sent += piece.length;
        }
        data.send(new DataMessage.SectionEnd(Section.ROUND, sent / piece.length));
        connection.control().await(ControlMessage.Received.class, patience);
        return sent * NANOS_A_SECOND / (System.nanoTime() - begun);
    }

    /** The other end. @throws Failure PEER_PROTOCOL if more comes than belongs to a probe, or for longer, or anything else */
    static void answer(Connection connection, Duration patience) {
        Data data = connection.data();
        long left = BYTES_MAX;
        long end = System.nanoTime() + TIME_MAX.plus(patience).toNanos();
        DataMessage message = data.receive(patience);
        while (message instanceof DataMessage.Filler(byte[] bytes) && left >= bytes.length && System.nanoTime() < end) {
            left -= bytes.length;
            message = data.receive(patience);
        }
        if (!(message instanceof DataMessage.SectionEnd)) {
            throw Failure.of(
                    MigrationCode.PEER_PROTOCOL, "the peer sent more than a probe, or for longer, or something else");
        }
        Control control = connection.control();
        control.send(new ControlMessage.Received(Section.ROUND));
    }
}
