package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.StoppedProcesses;
import org.junit.jupiter.api.Test;

/** CRIU alone is killed with SIGKILL in the midst of a migration, at either end. */
class KilledCriuIT extends FaultyCrossing {
    @Test
    void atTheSourceTheContainerMovesAllTheSameIfAllOfItIsThere() {
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateUntil(hold);

        migration.stopCriu().kill();
        hold.release();

        arrivesAtTheDestination(migration);
    }

    @Test
    void atTheSourceTheContainerGoesOnIfItDoesNotMove() {
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateUntil(hold);

        migration.stopCriu().kill();
        link.cut();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void atTheDestinationItsRestoreIsUndone() {
        Hold hold = link.hold(Message.FINAL_END);
        Started migration = migrateUntil(hold);
        StoppedProcesses criu = b.service().stopCriu();
        hold.release();
        await().until(() -> b.arrivalOf(counter.id()).equals("restoring"));

        criu.kill();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source", "the peer gave up");
        counter.runsOnlyOn(a, b);
    }

    /** It has not let the tree go. */
    @Test
    void atTheDestinationTheContainerIsGivenBackAfterTheCommit() {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);

        b.service().stopCriu().kill();
        hold.release();

        comesBackToTheSource(migration);
    }
}
