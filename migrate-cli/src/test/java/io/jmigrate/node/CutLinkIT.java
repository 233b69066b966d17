package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The link between the nodes breaks while a certain message is on its way, and is healed later. Both programs live on. */
class CutLinkIT extends FaultyCrossing {
    @ParameterizedTest
    @EnumSource(names = {"ROUND_END", "MEMORY_END", "FINAL_END", "HELD"})
    void beforeTheCommitTheContainerGoesOnAtTheSource(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        link.cut();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void afterTheCommitTheSourceAsksUntilTheLinkIsHealed() {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);

        link.cut();
        link.awaitRefused();
        link.heal();

        comesBackToTheSource(migration);
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "GONE"})
    void theContainerGoesOnAtTheDestinationOnceItRan(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        link.cut();
        link.heal();

        arrivesAtTheDestination(migration);
    }
}
