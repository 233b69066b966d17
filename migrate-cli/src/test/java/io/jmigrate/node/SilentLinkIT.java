package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Silence;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every packet vanishes between two nodes, for longer than either waits for the other; both go on, and what was under way comes later. */
class SilentLinkIT {
    /** Longer than any step takes on a busy machine. */
    private static final String PATIENCE = "6s";
    /** Exit code (docs/exit-codes.md). */
    private static final int ABORTED = 5;

    private Stage stage;
    private Node a;
    private Node b;

    /** A migration whose link falls silent with a message. */
    private record Crossing(Counter counter, Link link, Silence silence, Started migration) {}

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b")
                .serve(
                        "--insecure",
                        "--patience",
                        PATIENCE,
                        "--allow-mount",
                        stage.path("").toString());
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private Crossing silentAt(Message message) {
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path(message.name())));
        Link link = stage.linkTo(b);
        Silence silence = link.silenceAt(message);
        return new Crossing(counter, link, silence, counter.migrateFrom(a, link, PATIENCE));
    }

    /** All at once, as each has to wait. */
    @Test
    void theContainerRunsAtOneEndAndItsUserIsToldAtWhich() {
        Crossing memory = silentAt(Message.MEMORY_END);
        Crossing word = silentAt(Message.GO);
        Crossing answer = silentAt(Message.RUNNING);

        word.silence().awaitCalled();
        await().until(() -> b.arrivalOf(word.counter().id()).equals("never-ran"));
        word.link().heal();
        answer.silence().awaitCalled();
        answer.link().heal();
        assertThat(memory.migration().ended().ended(ABORTED).err())
                .contains("it runs at the source", "did not answer within 6 s");
        await().until(() -> b.arrivalOf(memory.counter().id()).equals("never-ran"));
        memory.link().heal();

        assertThat(word.migration().ended().ended(ABORTED).err()).contains("it runs at the source");
        answer.migration().ended().succeeded();
        memory.counter().runsOnlyOn(a, b);
        word.counter().runsOnlyOn(a, b);
        answer.counter().runsOnlyOn(b, a);
    }
}
