package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
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

        link.heal();
        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the destination");
        counter.runsOnlyOn(b, a);
    }
}
