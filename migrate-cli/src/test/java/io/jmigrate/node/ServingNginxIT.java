package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.WebClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An nginx that is restored while a client waits for the rest of a page, or for an answer. */
class ServingNginxIT {
    private static final String ADDRESS = "10.88.0.7";

    private Stage stage;
    private Node a;

    @BeforeEach
    void open() {
        Programs.requireInstalled("nginx");
        Programs.requireInstalled("python3");
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        a = stage.node("a");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void goesOnServingOverTheSameConnectionAfterEachOfTwoRestores() {
        String bundle = stage.path("bundle").toString();
        Programs.makeBundle("nginx", bundle, "--address", ADDRESS + "/24");
        a.run("run", "--detach", "--bundle", bundle, "nginx").succeeded();
        WebClient client = stage.webClient(ADDRESS);
        for (String images : new String[] {"first", "second"}) {
            String directory = stage.path(images).toString();
            a.run("checkpoint", "--image-path", directory, "nginx").succeeded();
            a.run("restore", "--detach", "--image-path", directory, "--bundle", bundle, "nginx")
                    .succeeded();
            JsonNode served = client.settle();
            assertThat(served.path("errors")).isEmpty();
            assertThat(served.path("same_connection").asBoolean()).isTrue();
        }
    }
}
