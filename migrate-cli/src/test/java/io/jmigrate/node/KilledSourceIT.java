package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.StoppedProcesses;
import io.jmigrate.node.fixture.Victim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code jmigrate migrate} is killed with SIGKILL while a certain message is on its way. */
class KilledSourceIT extends FaultyCrossing {
    @ParameterizedTest
    @CsvSource({
        "ROUND_END, JAVA",
        "MEMORY_END, JAVA",
        "FINAL_END, ALL",
        "HELD, JAVA",
        "HELD, ALL",
    })
    void beforeItsCommitItsContainerStaysAtTheSource(Message onItsWay, Victim victim) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        migration.kill(victim);
        hold.lose();

        isRecovered(migration, victim, "it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    /** As one that writes something long would be. */
    @Test
    void beforeItsCommitItsContainerGoesOnThoughItsCriuIsBusyWithTheDumpStill() {
        Hold hold = link.hold(Message.FINAL_END);
        Started migration = migrateUntil(hold);
        StoppedProcesses criu = migration.stopCriu();

        migration.kill(Victim.JAVA);

        isRecovered(migration, Victim.JAVA, "it runs at the source");
        criu.goOn();
        hold.lose();
        counter.runsOnlyOn(a, b);
    }

    @Test
    void whatItsUserHasPausedMeanwhileStaysSo() {
        Hold hold = link.hold(Message.ROUND_END);
        Started migration = migrateUntil(hold);
        a.run("pause", counter.id()).succeeded();

        migration.kill(Victim.JAVA);
        hold.lose();

        isRecovered(migration, Victim.JAVA, "it is paused at the source");
        assertThat(counter.isFrozenOn(a)).isTrue();
        a.run("resume", counter.id()).succeeded();
        counter.runsOnlyOn(a, b);
    }

    /** By its heir, unless that was killed, too. */
    private void isRecovered(Started migration, Victim victim, String whereabouts) {
        if (victim == Victim.ALL) {
            assertThat(a.recover().succeeded().out()).contains(counter.id() + ": " + whereabouts);
        } else {
            String told = "the migration of container \"" + counter.id() + "\" was killed: " + whereabouts;
            await().untilAsserted(() -> assertThat(migration.err()).contains(told));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void afterItsCommitItGetsTheContainerBackIfItsWordIsLost(Victim victim) {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);

        migration.kill(victim);
        hold.lose();

        isRecovered(migration, victim, "it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void afterItsCommitItGetsTheContainerBackThoughTheDestinationStillWaits() {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);

        migration.kill(Victim.ALL);

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the source");
        hold.lose();
        counter.runsOnlyOn(a, b);
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void afterItsCommitTheContainerRunsAtTheDestinationIfItsWordArrivesAfterItsDeath(Victim victim) {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);

        migration.kill(victim);
        hold.release();

        isRecovered(migration, victim, "it runs at the destination");
        counter.runsOnlyOn(b, a);
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void itsCopyIsKilledByRecoveryIfItDidNotHearThatTheContainerRuns(Victim victim) {
        Hold hold = link.hold(Message.RUNNING);
        Started migration = migrateUntil(hold);

        migration.kill(victim);
        hold.lose();

        isRecovered(migration, victim, "it runs at the destination");
        counter.runsOnlyOn(b, a);
    }

    /** It was about to delete it, and had no time. */
    @Test
    void nothingIsLeftOfACopyThatItHasKilledAlready() {
        Hold hold = link.hold(Message.RUNNING);
        Started migration = migrateUntil(hold);
        migration.kill(Victim.ALL);
        counter.killOn(a);
        hold.lose();

        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the destination");
        counter.runsOnlyOn(b, a);
    }

    @Test
    void leavesNothingOpenIfItsLastWordIsLost() {
        Hold hold = link.hold(Message.GONE);
        Started migration = migrateUntil(hold);

        migration.kill(Victim.ALL);
        hold.lose();

        assertThat(a.recover().succeeded().out()).isEmpty();
        assertThat(b.recover().succeeded().out()).isEmpty();
        counter.runsOnlyOn(b, a);
    }

    /** Nobody can tell it anything any more, as if a terminal had hung up. */
    @ParameterizedTest
    @EnumSource(names = {"FINAL_END", "HELD"})
    void givesUpWithoutTheProgramThatTheUserStarted(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        migration.kill(Victim.FRONT);

        counter.awaitRunningOn(a);
        hold.lose();
        counter.runsOnlyOn(a, b);
    }

    /** The front starts CRIU and hands the streams over; the decisions are Java's, and it goes on without. */
    @ParameterizedTest
    @EnumSource(names = {"GO", "RUNNING"})
    void endsWithoutTheProgramThatTheUserStarted(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        migration.kill(Victim.FRONT);
        hold.release();

        counter.runsOnlyOn(b, a);
    }
}
