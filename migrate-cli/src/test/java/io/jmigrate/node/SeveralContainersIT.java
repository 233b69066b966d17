package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several containers that one command moves. */
class SeveralContainersIT {
    private Stage stage;
    private Node a;
    private Node b;
    private Counter first;
    private Counter second;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b").serve("--insecure");
        first = Counter.startedOn(a, Counter.bundle(stage.path("first")));
        second = Counter.startedOn(a, Counter.bundle(stage.path("second")));
    }

    @AfterEach
    void close() {
        try {
            List.of(first, second).forEach(counter -> counter.deleteFrom(a, b));
        } finally {
            stage.close();
        }
    }

    @Test
    void moveInTurnWithinOneLimitAndWhatFailsForOneDoesNotKeepTheOthers() {
        Said said = a.run(
                        "migrate",
                        first.id(),
                        "nobody",
                        second.id(),
                        "--to",
                        b.address(),
                        "--insecure",
                        "--bandwidth",
                        "400Mbit/s",
                        "--progress",
                        "json")
                .ended(1);

        assertThat(said.err()).contains("\"nobody\" does not exist");
        JsonNode last = said.events().getLast();
        assertThat(last.path("event").asText()).isEqualTo("outcomes");
        assertThat(last.path("containers").findValuesAsText("container"))
                .containsExactly(first.id(), "nobody", second.id());
        assertThat(last.path("containers").findValuesAsText("outcome")).containsExactly("moved", "failed", "moved");
        first.runsOnlyOn(b, a);
        second.runsOnlyOn(b, a);
    }
}
