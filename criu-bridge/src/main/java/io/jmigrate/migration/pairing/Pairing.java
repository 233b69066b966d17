package io.jmigrate.migration.pairing;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.migration.wire.WireSecurity;
import io.jmigrate.runtime.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two nodes get to know each other. TLS proves that each end holds the key of the certificate it shows; an HMAC with the one-time
 * code over both fingerprints proves that it is the end that the person meant: somebody in between would show other certificates.
 * The caller proves first, so that a node tells nothing to who does not know its code.
 */
public final class Pairing {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Who pairs has often started the other node's service a moment before. */
    private static final Duration UNTIL_LISTENING = Duration.ofSeconds(2);

    private static final int NONCE_BYTES = 32;

    private Pairing() {}

    /**
     * Pairs this node with one that has issued a code; both trust each other afterwards.
     *
     * @param root this node's runtime root
     * @param may what the peer may do
     * @return the peer
     * @throws Failure NO_IDENTITY, PAIRING, PEER_UNREACHABLE, PEER_NOT_JMIGRATE
     */
    public static TrustedPeer with(Path root, PeerAddress address, String code, Set<PeerRight> may) {
        NodeIdentity own = NodeIdentity.load(root);
        TrustedPeers peers = TrustedPeers.of(root);
        try (Wire wire = Wire.open(new WireSecurity.Certificates(own, peers), UNTIL_LISTENING);
                Connection connection = wire.connect(address, Role.PAIR)) {
            Fingerprint theirs = connection.certificate().orElseThrow(() -> refused("the peer has no certificate"));
            byte[] random = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(random);
            String nonce = HexFormat.of().formatHex(random);
            Control control = connection.control();
            control.send(new ControlMessage.PairProof(
                    own.name(), nonce, proof(code, "caller", own.fingerprint(), theirs, nonce)));
            ControlMessage.PairAnswer answer = control.await(ControlMessage.PairAnswer.class, PATIENCE);
            if (!same(proof(code, "listener", own.fingerprint(), theirs, nonce), answer.proof())) {
                throw refused("the peer does not know the code: somebody else may have answered");
            }
            peers.add(answer.name(), theirs, may);
            return peers.find(theirs).orElseThrow();
        }
    }

    /**
     * The listening side of one attempt.
     *
     * @param accepting is told the peer's name before anything is done about it; its failure ends the attempt
     * @return whether the nodes are paired
     */
    public static boolean answer(Path root, Connection connection, Consumer<String> accepting) {
        Control control = connection.control();
        ControlMessage.PairProof proof = control.await(ControlMessage.PairProof.class, PATIENCE);
        Optional<Fingerprint> theirs = connection.certificate();
        if (theirs.isEmpty() || !accepted(root, theirs.get(), proof)) {
            control.send(new ControlMessage.Refused(
                    MigrationCode.PAIRING.name(), List.of("the code is wrong, expired or used up")));
            return false;
        }
        accepting.accept(proof.name());
        NodeIdentity own = NodeIdentity.load(root);
        PairingCode code = lastAccepted(root);
        String answer = proof(code.code(), "listener", theirs.get(), own.fingerprint(), proof.nonce());
        PairingCode.spend(root);
        TrustedPeers.of(root).add(proof.name(), theirs.get(), code.may());
        control.send(new ControlMessage.PairAnswer(own.name(), answer));
        return true;
    }

    private static PairingCode lastAccepted(Path root) {
        return PairingCode.current(root).orElseThrow(() -> refused("the code has expired"));
    }

    /** One attempt at a time: tries are counted. */
    private static synchronized boolean accepted(Path root, Fingerprint theirs, ControlMessage.PairProof proof) {
        Optional<PairingCode> current = PairingCode.current(root);
        if (current.isEmpty() || !proof.name().matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}")) {
            return false;
        }
        Fingerprint own = NodeIdentity.load(root).fingerprint();
        if (!same(proof(current.get().code(), "caller", theirs, own, proof.nonce()), proof.proof())) {
            current.get().wrong(root);
            return false;
        }
        return true;
    }

    private static Failure refused(String why) {
        return Failure.of(MigrationCode.PAIRING, why);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** @return HMAC-SHA-256 in hexadecimal */
    static String proof(String code, String side, Fingerprint caller, Fingerprint listener, String nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = PairingCode.normalize(code).getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            String text = "jmigrate pairing 1 " + side + " " + caller + " " + listener + " " + nonce;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }
}
