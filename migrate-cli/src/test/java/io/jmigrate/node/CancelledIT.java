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

    @Test
    void afterTheCommitItIsLeftInDoubtIfTheOtherNodeCannotBeReached() {
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold);

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
