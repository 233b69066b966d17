package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import org.junit.jupiter.api.Test;

/** Both ends of a migration are killed at once, with their CRIUs, as by a power failure that spares the containers. */
class KilledNodesIT extends FaultyCrossing {
    private Started migration;

    private void killBothWhenReached(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        migration = migrate();
        hold.awaitReached(migration);
        migration.kill(Victim.ALL);
        b.service().kill(Victim.ALL);
        hold.lose();
    }

    @Test
    void theSourceDoesNotNeedTheOtherEndBeforeItsCommit() {
        killBothWhenReached(Message.HELD);

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the source");
        assertThat(b.recover().succeeded().out()).contains(counter.id() + ": it never ran at the destination");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void afterTheCommitTheDestinationDecidesWhenItIsThereAgain() {
        killBothWhenReached(Message.GO);
        Said alone = a.recover().ended(IN_DOUBT);
        assertThat(alone.out()).contains(counter.id() + ": it stays frozen at the source");

        serve();

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void aContainerThatRanGoesOnWhereItRuns() {
        killBothWhenReached(Message.RUNNING);
        serve();

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the destination");
        counter.runsOnlyOn(b, a);
    }
}
