package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import org.junit.jupiter.api.Test;

/** A container that is not, while it is copied, what was agreed upon any more. */
class ChangedContainerIT extends FaultyCrossing {
    @Test
    void staysWithTheLimitsThatItsUserHasGivenItMeanwhile() {
        Hold hold = link.hold(Message.ROUND_END);
        Started migration = migrateUntil(hold);

        a.run("update", "--pids-limit", "77", counter.id()).succeeded();
        hold.release();

        assertThat(migration.ended().ended(ABORTED).err())
                .contains("it runs at the source: its limits were changed while it was being copied");
        counter.runsOnlyOn(a, b);
    }
}
