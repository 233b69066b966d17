package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that know each other by their certificates. */
class PairedNodesIT {
    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void moveAContainerThereAndBack() {
        pair();
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        a.run("migrate", counter.id(), "--to", b.address()).succeeded();
        b.run("migrate", counter.id(), "--to", a.address()).succeeded();

        counter.runsOnlyOn(a, b);
    }

    private void pair() {
        a.run("node", "init").succeeded();
        b.run("node", "init").succeeded();
        a.serve();
        b.serve();
        String code = b.run("node", "pair", "--new-code").succeeded().out().strip();
        a.run("node", "pair", "--to", b.address(), "--code", code).succeeded();
    }

    @Test
    void leaveItWhereItIsIfTheyAreNotPaired() {
        a.run("node", "init").succeeded();
        b.run("node", "init").succeeded();
        b.serve();
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        Said said = a.run("migrate", counter.id(), "--to", b.address()).ended(4);

        assertThat(said.err()).contains("not paired", "it is at the source as before");
        counter.runsOnlyOn(a, b);
    }
}
