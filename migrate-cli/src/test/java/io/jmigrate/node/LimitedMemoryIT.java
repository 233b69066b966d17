package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.MemoryLimit;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The destination's service takes more memory than its cgroup may have, for what arrives or to restore it, and the kernel kills. */
class LimitedMemoryIT extends FaultyCrossing {
    private MemoryLimit limit;

    @AfterEach
    void lift() {
        if (limit != null) {
            limit.lift();
        }
    }

    @ParameterizedTest
    @CsvSource({"PAGES, 16", "FINAL_END, 0"})
    void theContainerGoesOnAtTheSource(Message onItsWay, int mib) {
        limit = b.memoryLimit();
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        limit.allow((long) mib << 20);
        hold.release();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        await().until(limit::hasKilled);
        limit.lift();
        b.service().kill(Victim.ALL); // whoever of them is left
        serve();
        counter.runsOnlyOn(a, b);
    }
}
