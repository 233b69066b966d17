package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.MovedClock;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clocks of both nodes are set, in opposite directions and back, while a container is on its way. */
class SetClockIT {
    private static final Duration FAR = Duration.ofDays(3650);

    private Stage stage;
    private MovedClock clockOfA;
    private MovedClock clockOfB;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        clockOfA = stage.clock("a");
        clockOfB = stage.clock("b");
        a = stage.node("a", clockOfA);
        b = stage.node("b", clockOfB).serve("--insecure");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void theContainerMovesAndARecoveryDecidesAsEver() {
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));
        Link link = stage.linkTo(b);
        Hold held = link.hold(Message.HELD);
        Started migration = a.start("migrate", counter.id(), "--to", link.address(), "--insecure");
        held.awaitReached(migration);

        clockOfA.set(FAR);
        clockOfB.set(FAR.negated());
        Hold go = link.hold(Message.GO);
        held.release();
        go.awaitReached(migration);

        clockOfA.set(FAR.negated());
        clockOfB.set(FAR);
        Hold running = link.hold(Message.RUNNING);
        go.release();
        running.awaitReached(migration);
        migration.kill(Victim.ALL);
        running.lose();

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the destination");
        assertThat(b.arrivalNotedAt(counter.id())).isAfter(Instant.now().plus(FAR.dividedBy(2)));
        counter.runsOnlyOn(b, a);
    }
}
