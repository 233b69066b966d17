package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.runtime.linux.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The user of {@code jmigrate migrate} sends it a signal while a certain message is on its way. */
class CancelledIT extends FaultyCrossing {
    private static final int REFUSED = 4;
    private static final int FAILED = 1;

    /** The message stays on its way until the command has ended: it does not wait for the other end. */
    @ParameterizedTest
    @CsvSource({"ROUND_END, INT", "MEMORY_END, INT", "FINAL_END, TERM", "HELD, INT", "HELD, HUP"})
    void beforeTheCommitTheContainerGoesOnAtTheSource(Message onItsWay, String name) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        migration.signal(Signal.parse(name).orElseThrow());

        assertThat(migration.ended().ended(ABORTED).err())
                .contains("it runs at the source: the migration was cancelled by the signal SIG" + name, "try again");
        counter.awaitRunningOn(a);
        hold.lose();
        counter.runsOnlyOn(a, b);
    }

    @ParameterizedTest
    @EnumSource(names = {"GO", "RUNNING"})
    void afterTheCommitTheMigrationIsCompleted(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        migration.signal(Signal.INT);
        await().until(() -> migration.err().contains("too late to give up"));
        hold.release();

        migration.ended().succeeded();
        counter.runsOnlyOn(b, a);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_END", "FINAL_END", "HELD"})
    void anotherCommandOfTheSourceGivesItUpBeforeTheCommit(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        assertThat(a.run("migration", "cancel", counter.id()).succeeded().out())
                .startsWith(counter.id() + ": it is at the source (");

        assertThat(migration.ended().ended(ABORTED).err())
                .contains("it runs at the source: the migration was cancelled by the command migration cancel");
        counter.awaitRunningOn(a);
        hold.lose();
        counter.runsOnlyOn(a, b);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_END", "FINAL_END"})
    void theDestinationGivesItUpBeforeTheCommit(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateUntil(hold);

        assertThat(b.run("migration", "cancel", counter.id()).succeeded().out())
                .startsWith(counter.id() + ": it is at the source (");
        hold.release();

        assertThat(migration.ended().ended(ABORTED).err())
                .contains(
                        "it runs at the source: the peer gave up: the migration was cancelled by the command migration cancel");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void afterTheCommitNobodyGivesItUp() {
        Hold hold = link.hold(Message.RUNNING);
        Started migration = migrateUntil(hold);

        assertThat(a.run("migration", "cancel", counter.id()).ended(REFUSED).err())
                .contains("of container \"" + counter.id() + "\": the destination has been told to take over");
        assertThat(b.run("migration", "cancel", counter.id()).ended(REFUSED).err())
                .contains("is under way on this node; by the journal of the last one it runs at the destination");
        hold.release();

        migration.ended().succeeded();
        counter.runsOnlyOn(b, a);
        assertThat(a.run("migration", "cancel", counter.id()).ended(FAILED).err())
                .contains("no migration " + counter.id() + ", nor of a container of that name, is under way");
    }

    @Test
    void afterTheCommitItIsLeftInDoubtIfTheOtherNodeCannotBeReached() {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold, "10s"); // as long it asks

        migration.signal(Signal.TERM);
        await().until(() -> migration.err().contains("too late to give up"));
        link.cut();

        assertThat(migration.ended().ended(IN_DOUBT).err())
                .contains(
                        "container \"" + counter.id() + "\"",
                        "it is frozen at the source until the destination says whether it runs there",
                        "jmigrate migration recover");
        assertThat(counter.isFrozenOn(a)).isTrue();
        link.heal();
        assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the source");
        counter.runsOnlyOn(a, b);
    }
}
