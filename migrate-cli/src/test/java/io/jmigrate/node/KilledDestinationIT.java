package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.StoppedProcesses;
import io.jmigrate.node.fixture.Victim;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The node service of the destination is killed with SIGKILL at a certain moment of a migration, and started again. */
class KilledDestinationIT extends FaultyCrossing {
    @ParameterizedTest
    @CsvSource({
        "ROUND_END, JAVA",
        "MEMORY_END, JAVA",
        "FINAL_END, ALL",
        "HELD, FRONT",
        "HELD, JAVA",
        "HELD, ALL",
    })
    void beforeTheCommitTheContainerGoesOnAtTheSource(Message onItsWay, Victim victim) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        b.service().kill(victim);
        hold.lose();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        serve();
        counter.runsOnlyOn(a, b);
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void whileItRestoresTheContainerGoesOnAtTheSource(Victim victim) {
        Hold hold = link.hold(Message.FINAL_END);
        Started migration = migrateUntil(hold);
        StoppedProcesses criu = b.service().stopCriu();
        hold.release();
        await().until(() -> b.arrivalOf(counter.id()).equals("restoring"));

        b.service().kill(victim);
        if (victim == Victim.JAVA) {
            criu.goOn();
        }

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        serve();
        counter.runsOnlyOn(a, b);
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void afterTheCommitItGivesTheContainerBackIfTheWordDidNotArrive(Victim victim) {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);

        b.service().kill(victim);
        hold.lose();
        serve();

        comesBackToTheSource(migration);
    }

    /** CRIU has not heard yet that the tree may run; whether it was told before Java died is not known here. */
    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void afterTheWordArrivedItIsAsCriuHasIt(Victim victim) {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);
        StoppedProcesses criu = b.service().stopCriu();
        hold.release();
        await().until(() -> b.arrivalOf(counter.id()).equals("going"));

        b.service().kill(victim);
        if (victim == Victim.JAVA) {
            criu.goOn();
        }
        serve();
        String decided =
                await().until(() -> b.arrivalOf(counter.id()), Set.of("running", "completed", "never-ran")::contains);

        if (decided.equals("never-ran")) {
            comesBackToTheSource(migration);
        } else {
            assertThat(victim).isEqualTo(Victim.JAVA);
            arrivesAtTheDestination(migration);
        }
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, JAVA", "RUNNING, ALL", "GONE, JAVA"})
    void theContainerGoesOnThereOnceItRan(Message onItsWay, Victim victim) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        b.service().kill(victim);
        hold.lose();
        serve();

        arrivesAtTheDestination(migration);
    }

    /** Its memory is all there, in files that need nobody. */
    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void theContainerGoesOnThereBeforeItsMemoryHasCome(Victim victim) {
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateUntil(hold);
        StoppedProcesses filler = b.service().stopFiller();
        hold.release();
        await().until(() -> b.arrivalOf(counter.id()).equals("running"));

        b.service().kill(victim);
        serve();
        filler.goOn();

        arrivesAtTheDestination(migration);
    }

    /** Who guards it brings it in place of whoever is killed, with the service or without. */
    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void theContainerGoesOnThereIfWhoeverBringsItsMemoryIsKilledToo(Victim victim) {
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateUntil(hold);
        StoppedProcesses filler = b.service().stopFiller();
        hold.release();
        await().until(() -> b.arrivalOf(counter.id()).equals("running"));

        b.service().kill(victim);
        filler.kill();
        serve();

        arrivesAtTheDestination(migration);
    }
}
