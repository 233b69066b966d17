package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import org.junit.jupiter.api.Test;

/** A container is to leave by two migrations at once, which would give it to two nodes. */
class TwoMigrationsIT extends FaultyCrossing {
    private static final int REFUSED = 4;

    @Test
    void theSecondIsRefusedAndTheFirstGoesOn() {
        Hold hold = link.hold(Message.HELD);
        Started first = migrateUntil(hold);

        assertThat(a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--rootfs", "shared")
                        .ended(REFUSED)
                        .err())
                .contains("it is being migrated already");
        assertThat(a.run("migrate", counter.id(), "--to", "127.0.0.1:9", "--insecure")
                        .ended(REFUSED)
                        .err())
                .contains("it is being migrated already");

        hold.release();
        first.ended().succeeded();
        counter.runsOnlyOn(b, a);
    }
}
