package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.policy.ConnectionCount;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Measures how many bytes a second as many connections take as a migration would have, encrypted as its are: the caller sends bytes until a
 * second is over or it has sent enough, and the other end says when all have come.
 *
 * @param call makes a connection; throws {@code Failure}
 * @param wanted over how many data goes; empty: as many as pay
 * @param patience how long one answer may take
 */
record LinkProbe(Supplier<Connection> call, OptionalInt wanted, Duration patience) {
    /** As many as a node usually takes for a migration; it lets no more in at once of one that it does not know yet than twice that. */
    private static final int CONNECTIONS_MAX = NodeLimits.DEFAULT.connectionsOfMigrationMax();

    /** So many that a link of 10 Gbit/s is measured, and a slow one in a second. */
    private static final int BYTES_MAX = 128 << 20;

    private static final Duration TIME_MAX = Duration.ofSeconds(1);
    private static final int PIECE_BYTES = 256 << 10;
    private static final double NANOS_A_SECOND = 1e9;

    /** @return bytes a second */
    double measure() {
        int count = connections();
        List<Connection> open = new ArrayList<>();
        try {
            while (open.size() < count) {
                open.add(call.get());
            }
            return over(open);
        } finally {
            open.forEach(Connection::close);
        }
    }

    private double over(List<Connection> open) {
        List<Meanwhile<Double>> all = open.stream()
                .map(connection -> Meanwhile.start("probe", () -> measure(connection, patience)))
                .toList();
        try {
            return all.stream().mapToDouble(Meanwhile::get).sum();
        } finally {
            all.forEach(Meanwhile::await);
        }
    }

    private int connections() {
        if (wanted.isPresent()) {
            return Math.min(wanted.getAsInt(), CONNECTIONS_MAX);
        }
        try (Connection connection = call.get()) {
            long begun = System.nanoTime();
            end(connection, 0, patience);
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - begun);
            return ConnectionCount.of(wanted, roundTrip, CONNECTIONS_MAX);
        }
    }

    private static double measure(Connection connection, Duration patience) {
        byte[] piece = new byte[PIECE_BYTES];
        new Random().nextBytes(piece);
        Data data = connection.data();
        long begun = System.nanoTime();
        long sent = 0;
        while (sent < BYTES_MAX && System.nanoTime() - begun < TIME_MAX.toNanos()) {
            data.send(new DataMessage.Filler(piece));
            sent += piece.length;
        }
        end(connection, sent / piece.length, patience);
        return sent * NANOS_A_SECOND / (System.nanoTime() - begun);
    }

    private static void end(Connection connection, long pieces, Duration patience) {
        connection.data().send(new DataMessage.SectionEnd(Section.ROUND, pieces));
        connection.control().await(ControlMessage.Received.class, patience);
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
