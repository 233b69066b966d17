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
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/** A peer that is called for every connection. */
final class RemotePeer implements Peer {
    private final Function<Role, Connection> call;
    private final Consumer<Failure> interrupt;
    private final Runnable hangUp;
    private final Duration patience;
    private final RateLimit limit;
    private final OptionalInt connections;

    /**
     * @param call connects and greets; throws {@code Failure}
     * @param interrupt ends waiting for the peer, on all connections
     * @param hangUp ends all connections
     * @param patience how long one answer may take
     * @param limit for what is sent, but for messages
     * @param connections over how many data goes; empty: as many as pay
     */
    RemotePeer(
            Function<Role, Connection> call,
            Consumer<Failure> interrupt,
            Runnable hangUp,
            Duration patience,
            RateLimit limit,
            OptionalInt connections) {
        this.call = call;
        this.interrupt = interrupt;
        this.hangUp = hangUp;
        this.patience = patience;
        this.limit = limit;
        this.connections = connections;
    }

    /** The peer at an address. @param patience also until it greets, or takes what is sent @param limit for what is sent, but for messages @param connections that data goes over; empty: as many as pay */
    static RemotePeer at(
            PeerAddress address, WireSecurity security, Duration patience, RateLimit limit, OptionalInt connections) {
        Wire wire = Wire.open(security, Duration.ZERO, patience);
        return new RemotePeer(
                role -> wire.connect(address, role), wire::interrupt, wire::close, patience, limit, connections);
    }

    /** One that is only asked. */
    static RemotePeer toAsk(PeerAddress address, WireSecurity security, Duration patience) {
        return at(address, security, patience, RateLimit.none(), OptionalInt.empty());
    }

    @Override
    public Control control() {
        return call.apply(Role.CONTROL).control();
    }

    @Override
    public Data data(MigrationId id, String secret) {
        return joined(Role.DATA, connections, id, secret);
    }

    @Override
    public Data follow(MigrationId id, String secret) {
        return joined(Role.FOLLOW, OptionalInt.of(1), id, secret);
    }

    private Data joined(Role role, OptionalInt wanted, MigrationId id, String secret) {
        return new DataCalls(() -> call.apply(role).within(limit), wanted, patience).join(id, secret);
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
            case Answers.MAY_HAVE_RUN -> new DestinationAnswer.MayHaveRun();
            default -> new DestinationAnswer.Withheld("the peer answers in words that this version does not know");
        };
    }

    @Override
    public double bandwidth() {
        return new LinkProbe(() -> call.apply(Role.PROBE).within(limit), connections, patience).measure();
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
