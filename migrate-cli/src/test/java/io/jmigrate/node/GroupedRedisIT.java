package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A redis, and a container that counts with it over one TCP connection all the time, on the same network: they move together, under another
 * client that stays where it is.
 */
class GroupedRedisIT extends RedisUnderLoad {
    private static final String TALKER = "talker";
    private static final String SCRIPT = "(while :; do echo INCR talk; usleep 20000; done) | nc 10.88.0.5 6379"
            + " | (while read said; do said=${said#:}; echo ${said%?} >> /count; done)";

    private Node b;

    @BeforeEach
    void start() {
        openStage();
        b = stage.node("b").serve("--insecure");
        startRedisAndItsClient();
        String talker = stage.path(TALKER).toString();
        Programs.makeBundle("busybox", talker, "--address", "10.88.0.6/24", "--", "/bin/sh", "-c", SCRIPT);
        a.run("run", "--detach", "--bundle", talker, TALKER).succeeded();
        awaitMoreThan(10, a);
    }

    @AfterEach
    void remove() {
        for (Node node : List.of(a, b)) {
            for (String id : List.of("redis", TALKER)) {
                if (!node.remainsOf(id).isEmpty()) {
                    node.run("delete", "--force", id);
                }
            }
        }
    }

    private static List<String> counted(Node node) {
        return node.textOf(TALKER, "count").lines().toList();
    }

    private static void awaitMoreThan(int count, Node node) {
        Awaitility.await().until(() -> counted(node).size() > count);
    }

    @Test
    void keepsTheConnectionBetweenThemAndThatOfAClient() {
        Said said = a.run(
                        "migrate", "redis", TALKER, "--to", b.address(), "--insecure", "--group", "--progress", "json")
                .succeeded();

        JsonNode last = said.events().getLast();
        awaitMoreThan(counted(b).size() + 10, b);
        List<String> counted = counted(b);
        assertThat(counted)
                .isEqualTo(LongStream.rangeClosed(1, counted.size())
                        .mapToObj(Long::toString)
                        .toList());
        assertNothingIsLost();
        assertThat(last.path("containers").findValuesAsText("outcome")).containsExactly("moved", "moved");
        String group = last.path("group").asText();
        assertThat(a.run("migration", "show", group).succeeded().out())
                .contains("group " + group + ": 2 containers, stood still together for ", "redis", TALKER);
        assertThat(b.run("migration", "list").succeeded().out()).contains("GROUP", group);
        Awaitility.await()
                .until(() ->
                        a.remainsOf("redis").isEmpty() && a.remainsOf(TALKER).isEmpty());
    }
}
