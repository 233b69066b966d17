package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.node.fixture.Announcements;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Talk;
import io.jmigrate.node.fixture.Talker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs of the nodes' operators that move addresses. */
class NetworkHookIT {
    private static final String ADDRESS = "10.88.0.50";
    private static final String PRIVATE = "private0";
    private static final int ABORTED = 5;

    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        a = stage.node("a");
        b = stage.node("b");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private void makePrivateBridge(String node) {
        stage.toolOn(node, "ip", "link", "add", PRIVATE, "type", "bridge");
        stage.toolOn(node, "ip", "link", "set", PRIVATE, "up");
        for (String setting : List.of("ip_forward", "conf/" + PRIVATE + "/proxy_arp")) {
            stage.toolOn(node, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/" + setting);
        }
    }

    private static Path example() {
        return Path.of("../docs/examples/network-hook").toAbsolutePath().normalize();
    }

    private String proxiesOf(String node) {
        return stage.toolOn(node, "ip", "neighbour", "show", "proxy");
    }

    @Test
    void theExampleMovesAnAddressThatOnlyTheNodesLeadTo() {
        makePrivateBridge("a");
        makePrivateBridge("b");
        b.serve("--insecure", "--network-hook", example().toString());
        Talker talker = Talker.startedOn(stage, a, List.of(ADDRESS), "--bridge", PRIVATE);
        String document =
                "{\"interfaces\": [{\"bridge\": \"" + PRIVATE + "\", \"addresses\": [\"" + ADDRESS + "/24\"]}]}";
        stage.toolOn("a", "sh", "-c", "echo '" + document + "' | " + example() + " attach");
        Talk talk = stage.talkTo(ADDRESS);
        assertThat(talk.say("before")).isEqualTo("before");

        migrate(talker, example()).succeeded();

        assertThat(talk.say("after")).isEqualTo("after");
        assertThat(stage.talkTo(ADDRESS).say("another")).isEqualTo("another");
        assertThat(proxiesOf("a")).doesNotContain(ADDRESS);
        assertThat(proxiesOf("b")).contains(ADDRESS);
    }

    private Said migrate(Talker talker, Path hook) {
        return a.run("migrate", talker.id(), "--to", b.address(), "--insecure", "--network-hook", hook.toString());
    }

    /** One that notes its calls, and fails when it is called for one of them. */
    private Path noting(String name, String failing) throws IOException {
        Path hook = stage.path(name);
        Files.writeString(hook, """
                #!/bin/sh
                line=$(tr -d '\\n'); echo "$line" >> %s.log
                [ "$1" != "%s" ] || { echo "no $1 today" >&2; exit 3; }
                """.formatted(hook, failing));
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        return hook;
    }

    private static List<JsonNode> calls(Path hook) throws IOException {
        List<JsonNode> calls = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(hook + ".log"))) {
            calls.add(new ObjectMapper().readTree(line));
        }
        return calls;
    }

    private static List<String> events(Path hook) throws IOException {
        return calls(hook).stream().map(call -> call.path("event").asText()).toList();
    }

    @Test
    void aHookThatFailsEndsTheMigrationBeforeTheCommitAndWhatWasDoneIsUndone() throws IOException {
        Path there = noting("there", "attach");
        Path here = noting("here", "");
        b.serve("--insecure", "--network-hook", there.toString());
        Talker talker = Talker.startedOn(stage, a, List.of("10.88.0.7", "fd00:88:0:0:0:0:0:7"));
        Announcements announcements = stage.announcementsOf("10.88.0.7", "fd00:88:0:0:0:0:0:7");

        Said said = migrate(talker, here).ended(ABORTED);

        assertThat(said.err()).contains("there, attach: exit code 3", "no attach today", "it runs at the source");
        assertThat(events(there)).containsExactly("prepare", "attach", "detach");
        assertThat(events(here)).containsExactly("attach");
        talker.talksToItselfOn(a);
        announcements.areSeen();
    }

    @Test
    void aHookThatFailsAfterTheCommitIsOnlyToldOf() throws IOException {
        Path there = noting("there", "announce");
        Path here = noting("here", "detach");
        b.serve("--insecure", "--network-hook", there.toString());
        Talker talker = Talker.startedOn(stage, a, List.of("10.88.0.7"));

        Said said = migrate(talker, here).succeeded();

        assertThat(said.err()).contains("here, detach: exit code 3: no detach today");
        await().untilAsserted(() -> assertThat(events(there)).containsExactly("prepare", "attach", "announce"));
        JsonNode call = calls(there).get(1);
        assertThat(call.path("role").asText()).isEqualTo("destination");
        assertThat(call.path("container").asText()).isEqualTo(talker.id());
        assertThat(call.path("interfaces").get(0).path("addresses").get(0).asText())
                .isEqualTo("10.88.0.7/24");
        assertThat(Path.of(call.path("namespace").asText()))
                .isEqualTo(b.root().resolve(talker.id()).resolve("netns"));
        talker.talksToItselfOn(b);
    }
}
