package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A destination that does not come back after the commit. */
class AbsentDestinationIT extends FaultyCrossing {
    @Test
    void theFrozenCopyIsLeftAloneUntilTheDestinationAnswers() {
        Hold hold = link.hold(Message.RUNNING);
        Started migration = migrateUntil(hold);
        migration.kill(Victim.ALL);
        link.cut();

        for (int times = 0; times < 2; times++) {
            Said said = a.recover().ended(IN_DOUBT);
            assertThat(said.out()).contains(counter.id() + ": it stays frozen at the source", link.address());
            assertThat(counter.isFrozenOn(a)).isTrue();
        }

        for (List<String> setsItGoing : List.of(
                List.of("resume", counter.id()),
                List.of("exec", "--ignore-paused", counter.id(), "true"),
                List.of("checkpoint", "--image-path", counter.rootfs() + ".images", counter.id()),
                List.of("delete", counter.id()))) {
            Said said = a.run(setsItGoing.toArray(String[]::new)).ended(IN_DOUBT);
            assertThat(said.err()).contains("it may run at the destination", "jmigrate migration recover");
            assertThat(counter.isFrozenOn(a)).as("%s", setsItGoing).isTrue();
        }

        link.heal();
        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the destination");
        counter.runsOnlyOn(b, a);
    }
}
