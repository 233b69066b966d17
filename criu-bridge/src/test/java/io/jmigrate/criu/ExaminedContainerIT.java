package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.obstacle.Obstacle;
import io.jmigrate.runtime.container.ContainerId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at a container finds what is in it, and changes nothing. */
class ExaminedContainerIT {
    @TempDir
    Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void locksAreSeenAndThenWhatExecHasStarted() {
        ContainerId id = fixture.runShell("lock", fixture.bundle("holder", "--holds", "lock"), nullStreams());
        await().untilAsserted(
                        () -> assertThat(examined(id).belongings().locks()).isEqualTo(1));
        assertThat(examined(id).state()).isEqualTo("running");
        assertThat(examined(id).obstacles()).isEmpty();
        assertThat(examined(id).belongings().connections()).isZero();
        assertThat(examined(id).belongings().ownTerminal()).isFalse();

        fixture.exec(id, "/bin/holder", "lock");
        assertThat(examined(id).obstacles()).extracting(Obstacle::kind).containsExactly(Obstacle.Kind.FOREIGN_PROCESS);
        assertThat(fixture.runs(id)).isTrue();

        fixture.containers().pause().pause(id);
        assertThat(examined(id).state()).isEqualTo("paused");
    }

    private Outlook.Examined examined(ContainerId id) {
        Outlook outlook = new ExamineContainer(fixture.containers()).run(id);
        assertThat(outlook).isInstanceOf(Outlook.Examined.class);
        return (Outlook.Examined) outlook;
    }
}
