package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.StoppedProcesses;
import org.junit.jupiter.api.Test;

/** A container is to go back before all its memory has been put in place where it has just arrived. */
class ArrivingMemoryIT extends FaultyCrossing {
    @Test
    void itsMemoryIsWaitedFor() {
        a.serve("--insecure", "--allow-mount", "/");
        Hold hold = link.hold(Message.HELD);
        Started there = migrateUntil(hold);
        StoppedProcesses filler = b.service().stopFiller();
        hold.release();
        there.ended().succeeded();

        assertThat(b.run("migrate", counter.id(), "--to", a.address(), "--insecure", "--dry-run")
                        .succeeded()
                        .out())
                .contains("its memory is still being put in place", "migrate waits for that");
        Started back = b.start("migrate", counter.id(), "--to", a.address(), "--insecure", "--rootfs", "shared");
        await().until(() -> back.err().contains("waiting: its memory is still being put in place"));
        filler.goOn();

        back.ended().succeeded();
        counter.runsOnlyOn(a, b);
    }
}
