package io.jmigrate.migration.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The peers that a node trusts, in {@code ROOT/node/peers.json}; read anew for each connection. Throws {@code Failure} IO if that can't be read or written. */
public final class TrustedPeers {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Whoever holds the lock writes one small file. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path file;

    private TrustedPeers(Path file) {
        this.file = file;
    }

    public static TrustedPeers of(Path root) {
        return new TrustedPeers(root.resolve(NodeIdentity.DIRECTORY).resolve("peers.json"));
    }

    public List<TrustedPeer> list() {
        try {
            return List.copyOf(JSON.readValue(Files.readAllBytes(file), new TypeReference<List<TrustedPeer>>() {}));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read the trusted peers in " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    public boolean trusts(Fingerprint fingerprint) {
        return find(fingerprint).isPresent();
    }

    /** The peer that has this certificate; empty if it is none. */
    public Optional<TrustedPeer> find(Fingerprint fingerprint) {
        return list().stream()
                .filter(peer -> peer.fingerprint().equals(fingerprint.value()))
                .findFirst();
    }

    /** Trusts this certificate from now on. @param may what its node may do */
    public void add(String name, Fingerprint fingerprint, Set<PeerRight> may) {
        change(peers -> {
            List<TrustedPeer> changed = new ArrayList<>(peers);
            changed.removeIf(peer -> peer.fingerprint().equals(fingerprint.value()));
            changed.add(new TrustedPeer(name, fingerprint.value(), Instant.now().toString(), may));
            return changed;
        });
    }

    /**
     * Lets this peer do so much from its next connection on.
     *
     * @param nameOrFingerprint must mean one peer
     * @return the peer as it is now
     * @throws Failure PEER_UNKNOWN if it means none or several
     */
    public TrustedPeer allow(String nameOrFingerprint, Set<PeerRight> may) {
        List<TrustedPeer> allowed = new ArrayList<>();
        change(peers -> {
            TrustedPeer meant = meant(peers, nameOrFingerprint);
            allowed.add(meant.allowed(may));
            return peers.stream()
                    .map(peer -> peer.equals(meant) ? allowed.getFirst() : peer)
                    .toList();
        });
        return allowed.getFirst();
    }

    /**
     * Refuses this peer from its next connection on.
     *
     * @param nameOrFingerprint must mean one peer
     * @return the one that was meant
     * @throws Failure PEER_UNKNOWN if it means none or several
     */
    public TrustedPeer remove(String nameOrFingerprint) {
        List<TrustedPeer> gone = new ArrayList<>();
        change(peers -> {
            TrustedPeer meant = meant(peers, nameOrFingerprint);
            gone.add(meant);
            return peers.stream().filter(peer -> !peer.equals(meant)).toList();
        });
        return gone.getFirst();
    }

    private static TrustedPeer meant(List<TrustedPeer> peers, String nameOrFingerprint) {
        List<TrustedPeer> candidates = peers.stream()
                .filter(peer -> peer.name().equals(nameOrFingerprint)
                        || peer.fingerprint().equals(nameOrFingerprint))
                .toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        throw Failure.of(
                        MigrationCode.PEER_UNKNOWN,
                        candidates.isEmpty()
                                ? "this node trusts no peer \"" + nameOrFingerprint + "\""
                                : "several peers are called \"" + nameOrFingerprint + "\"; give the fingerprint of one")
                .withDetails(candidates.stream().map(TrustedPeer::fingerprint).toList());
    }

    /** Under a lock: a command may forget a peer while the service is introduced to another one. */
    private void change(UnaryOperator<List<TrustedPeer>> change) {
        try {
            PrivateFile.makeDirectory(file.getParent());
            try (NameLock _ = NameLock.acquire(file.resolveSibling("peers.lock"), PATIENCE)) {
                List<TrustedPeer> peers = change.apply(list());
                PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(peers));
            }
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot write the trusted peers to " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
