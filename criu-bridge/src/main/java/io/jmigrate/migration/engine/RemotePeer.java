package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;

/** A peer at an address. */
final class RemotePeer implements Peer {
    private final Wire wire;
    private final PeerAddress address;
    private final Duration patience;

    RemotePeer(Wire wire, PeerAddress address, Duration patience) {
        this.wire = wire;
        this.address = address;
        this.patience = patience;
    }

    @Override
    public Control control() {
        return wire.connect(address, Role.CONTROL).control();
    }

    @Override
    public Data data(MigrationId id, String secret) {
        Connection connection = wire.connect(address, Role.DATA);
        Control control = connection.control();
        control.send(new ControlMessage.Join(id, secret));
        control.await(ControlMessage.Joined.class, patience);
        return connection.data();
    }

    @Override
    public DestinationAnswer ask(MigrationId id, String container) {
        try (Connection connection = wire.connect(address, Role.RECOVER)) {
            Control control = connection.control();
            control.send(new ControlMessage.Question(id, container));
            return answer(control.await(ControlMessage.Answer.class, patience));
        } catch (Failure failure) {
            return new DestinationAnswer.Unreachable(failure.getMessage());
        }
    }

    private static DestinationAnswer answer(ControlMessage.Answer answer) {
        return switch (answer.verdict()) {
            case Answers.RUNS -> new DestinationAnswer.Runs(new DestinationState.Running());
            case Answers.NEVER_RAN -> new DestinationAnswer.NeverRan(new DestinationState.NeverRan());
            case Answers.UNDECIDED -> new DestinationAnswer.Undecided();
            default -> new DestinationAnswer.Unreachable("the peer answers in words that this version does not know");
        };
    }
}
