package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.RateLimit;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.migration.wire.WireSecurity;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** A peer that is called for every connection. */
final class RemotePeer implements Peer {
    private final Function<Role, Connection> call;
    private final Consumer<Failure> interrupt;
    private final Runnable hangUp;
    private final Duration patience;
    private final RateLimit limit;

    /**
     * @param call connects and greets; throws {@code Failure}
     * @param interrupt ends waiting for the peer, on all connections
     * @param hangUp ends all connections
     * @param patience how long one answer may take
     * @param limit for what is sent, but for messages
     */
    RemotePeer(
            Function<Role, Connection> call,
            Consumer<Failure> interrupt,
            Runnable hangUp,
            Duration patience,
            RateLimit limit) {
        this.call = call;
        this.interrupt = interrupt;
        this.hangUp = hangUp;
        this.patience = patience;
        this.limit = limit;
    }

    /** The peer at an address. */
    static RemotePeer at(PeerAddress address, WireSecurity security, Duration patience, RateLimit limit) {
        Wire wire = Wire.open(security);
        return new RemotePeer(role -> wire.connect(address, role), wire::interrupt, wire::close, patience, limit);
    }

    @Override
    public Control control() {
        return call.apply(Role.CONTROL).control();
    }

    @Override
    public Data data(MigrationId id, String secret) {
        return joined(Role.DATA, id, secret);
    }

    @Override
    public Data follow(MigrationId id, String secret) {
        return joined(Role.FOLLOW, id, secret);
    }

    private Data joined(Role role, MigrationId id, String secret) {
        Connection connection = call.apply(role).within(limit);
        try {
            Control control = connection.control();
            control.send(new ControlMessage.Join(id, secret));
            control.await(ControlMessage.Joined.class, patience);
            return connection.data();
        } catch (RuntimeException e) {
            try (connection) {
                throw e;
            }
        }
    }

    @Override
    public DestinationAnswer ask(MigrationId id, String container) {
        Connection connection;
        try {
            connection = call.apply(Role.RECOVER);
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            return e instanceof Failure failure && failure.code() == MigrationCode.PEER_UNREACHABLE
                    ? new DestinationAnswer.Unreachable(why)
                    : new DestinationAnswer.Withheld(why);
        }
        try (connection) {
            Control control = connection.control();
            control.send(new ControlMessage.Question(id, container));
            return answer(control.await(ControlMessage.Answer.class, patience));
        } catch (RuntimeException e) { // somebody is there
            return new DestinationAnswer.Withheld(String.valueOf(e.getMessage()));
        }
    }

    private static DestinationAnswer answer(ControlMessage.Answer answer) {
        return switch (answer.verdict()) {
            case Answers.RUNS -> new DestinationAnswer.Runs(new DestinationState.Running());
            case Answers.LACKS -> new DestinationAnswer.Lacks(new DestinationState.Lacking());
            case Answers.NEVER_RAN -> new DestinationAnswer.NeverRan(new DestinationState.NeverRan());
            case Answers.UNDECIDED -> new DestinationAnswer.Undecided();
            case Answers.UNKNOWN ->
                new DestinationAnswer.Unreachable(
                        "the node there has no journal of the migration; it has lost it, or is another node");
            case Answers.LOST -> new DestinationAnswer.Lost();
            default -> new DestinationAnswer.Withheld("the peer answers in words that this version does not know");
        };
    }

    @Override
    public double bandwidth() {
        try (Connection connection = call.apply(Role.PROBE).within(limit)) {
            return LinkProbe.measure(connection, patience);
        }
    }

    @Override
    public void interrupt(Failure why) {
        interrupt.accept(why);
    }

    @Override
    public void close() {
        hangUp.run();
    }
}
