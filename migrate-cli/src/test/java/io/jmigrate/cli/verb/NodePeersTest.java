package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.identity.TrustedPeers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePeersTest {
    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    @TempDir
    private Path directory;

    private TrustedPeers peers;

    @BeforeEach
    void pair() {
        peers = TrustedPeers.of(directory);
        peers.add("b", new Fingerprint(ONE), PeerRight.ALL);
    }

    private Called node(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "--root";
        all[1] = directory.toString();
        all[2] = "node";
        System.arraycopy(words, 0, all, 3, words.length);
        return Called.in(directory, all);
    }

    @Test
    void listsWhomTheNodeTrusts() {
        assertThat(Called.said(node("peers"))).contains("b ", ONE);
        assertThat(Called.said(node("peers", "--format", "json")))
                .contains("\"name\":\"b\"", "\"fingerprint\":\"" + ONE + "\"", "\"paired_at\":");
    }

    @Test
    void saysWhatEachMayDoAndChangesIt() {
        assertThat(Called.said(node("peers"))).contains("send,receive");

        assertThat(Called.said(node("allow", "b", "send"))).isEqualTo("b " + ONE + " may send\n");

        assertThat(Called.said(node("peers", "--format", "json"))).contains("\"may\":[\"send\"]");
        assertThat(peers.find(new Fingerprint(ONE)).orElseThrow().may()).containsExactly(PeerRight.SEND);
        assertThat(Called.said(node("audit"))).contains("trust", "accepted", "b may send");
    }

    @Test
    void readsAListOfAnEarlierVersionAsOneOfPeersThatMayDoEverything() throws IOException {
        Files.writeString(
                directory.resolve("node/peers.json"),
                "[{\"name\":\"b\",\"fingerprint\":\"" + ONE + "\",\"pairedAt\":\"2026-01-01T00:00:00Z\"}]");

        assertThat(peers.find(new Fingerprint(ONE)).orElseThrow().may()).isEqualTo(PeerRight.ALL);
    }

    @Test
    void forgetsAPeerByName() {
        assertThat(Called.said(node("unpair", "b"))).isEqualTo("no longer trusted: b " + ONE + "\n");
        assertThat(peers.trusts(new Fingerprint(ONE))).isFalse();
    }

    @Test
    void asksForTheFingerprintWhenTheNameMeansSeveral() {
        peers.add("b", new Fingerprint(TWO), PeerRight.ALL);

        Called ambiguous = node("unpair", "b");

        assertThat(ambiguous.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(ambiguous.err()).contains("several peers are called \"b\"", ONE, TWO);
        Called.said(node("unpair", TWO));
        assertThat(peers.list()).extracting(TrustedPeer::fingerprint).containsExactly(ONE);
    }

    @Test
    void refusesAPeerThatItNeverMet() {
        Called unknown = node("unpair", "c");

        assertThat(unknown.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(unknown.err()).contains("this node trusts no peer \"c\"", "jmigrate node peers");
        assertThat(peers.list()).hasSize(1);
    }
}
