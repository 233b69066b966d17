package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Announcements;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Talk;
import io.jmigrate.node.fixture.Talker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of addresses of both versions, and of connections, as it is asked for. */
class NetworkTermsIT {
    private static final int BLOCKED = 4;
    private static final String FOUR = "10.88.0.7";
    private static final String SIX = "fd00:88:0:0:0:0:0:7";
    private static final String NEW_FOUR = "10.88.0.8";
    private static final String NEW_SIX = "fd00:88:0:0:0:0:0:8";
    /** What a socket in the container sees that had a connection: its end, and EPIPE for what it writes. */
    private static final String CLOSED = " 0 32";
    /** docs/migration.md */
    private static final int TIMES_ANNOUNCED = 5;

    private static Stage stage;
    private static Node a;
    private static Node b;

    private Talker talker;

    @BeforeAll
    static void open() {
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        a = stage.node("a");
        b = stage.node("b").serve("--insecure");
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private Said migrate(String... terms) {
        List<String> words = new ArrayList<>(List.of("migrate", talker.id(), "--to", b.address(), "--insecure"));
        List.of(terms).forEach(each -> words.addAll(List.of("--network", each)));
        return a.run(words.toArray(String[]::new));
    }

    private void start(String... addresses) {
        talker = Talker.startedOn(stage, a, List.of(addresses));
    }

    @AfterEach
    void remove() {
        if (talker != null) {
            talker.deleteFrom(a, b);
        }
    }

    @Test
    void keepsConnectionsOfBothVersions() {
        start(FOUR, SIX);
        Talk four = stage.talkTo(FOUR);
        Talk six = stage.talkTo(SIX);
        assertThat(six.say("before")).isEqualTo("before");
        Announcements announcements = stage.announcementsOf(FOUR, SIX);

        migrate("keep").succeeded();

        assertThat(four.say("four")).isEqualTo("four");
        assertThat(six.say("six")).isEqualTo("six");
        talker.talksToItselfOn(b);
        announcements.areSeen(TIMES_ANNOUNCED);
    }

    @Test
    void closesConnectionsAndTellsTheirOtherEnds() {
        start(FOUR, SIX);
        Talk four = stage.talkTo(FOUR);
        Talk six = stage.talkTo(SIX);
        assertThat(List.of(four.say("before"), six.say("before"))).containsOnly("before");

        migrate("close").succeeded();

        assertThat(four.end()).isEqualTo("Connection reset");
        assertThat(six.end()).isEqualTo("Connection reset");
        assertThat(talker.endsSeenOn(b, 4))
                .containsExactly("foreign" + CLOSED, "foreign" + CLOSED, "own" + CLOSED, "own" + CLOSED);
        assertThat(stage.talkTo(FOUR).say("again")).isEqualTo("again");
        assertThat(stage.talkTo(SIX).say("again")).isEqualTo("again");
    }

    @Test
    void hasOtherAddressesIfThatIsAskedFor() {
        start(FOUR, SIX);
        Talk four = stage.talkTo(FOUR);
        Talk six = stage.talkTo(SIX);
        assertThat(List.of(four.say("before"), six.say("before"))).containsOnly("before");

        migrate("remap:" + FOUR + "=" + NEW_FOUR, "remap:fd00:88::7=fd00:88::8").succeeded();

        assertThat(four.end()).isEqualTo("Connection reset");
        assertThat(six.end()).isEqualTo("Connection reset");
        assertThat(talker.endsSeenOn(b, 2)).containsExactly("foreign" + CLOSED, "foreign" + CLOSED);
        talker.talksToItselfOn(b);
        assertThat(stage.talkTo(NEW_FOUR).say("again")).isEqualTo("again");
        assertThat(stage.talkTo(NEW_SIX).say("again")).isEqualTo("again");
        await().until(() -> stage.getsDatagramBack(NEW_FOUR));
        assertThat(addressesAtB()).contains(NEW_FOUR + "/24", "fd00:88::8/64").doesNotContain(FOUR, "88::7/");
    }

    private String addressesAtB() {
        Path namespace = b.root().resolve(talker.id()).resolve("netns");
        return Programs.run("nsenter", "--net=" + namespace, "ip", "-oneline", "address");
    }

    @Test
    void isRefusedWithAnAddressThatItDoesNotHaveOrThatSomebodyElseHas() {
        start(FOUR);

        Said said = migrate("remap:10.88.0.9=10.88.0.10", "remap:" + FOUR + "=10.88.0.2");

        assertThat(said.ended(BLOCKED).err())
                .contains(
                        "at the source: the container does not have the address 10.88.0.9 (it has 10.88.0.7)",
                        "at the destination: somebody there has an address of the container: 10.88.0.2 (this host)");
        talker.talksToItselfOn(a);
    }
}
