package io.jmigrate.migration.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The peers that a node trusts, in {@code ROOT/node/peers.json}; read anew for each connection. */
public final class TrustedPeers {
    private static final ObjectMapper JSON = new ObjectMapper();

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
            throw Failure.of(MigrationCode.NO_IDENTITY, "cannot read the trusted peers in " + file)
                    .withCause(e);
        }
    }

    public boolean trusts(Fingerprint fingerprint) {
        return list().stream().anyMatch(peer -> peer.fingerprint().equals(fingerprint.value()));
    }

    /** Trusts this certificate from now on. */
    public synchronized void add(String name, Fingerprint fingerprint) {
        List<TrustedPeer> peers = new ArrayList<>(list());
        peers.removeIf(peer -> peer.fingerprint().equals(fingerprint.value()));
        peers.add(new TrustedPeer(name, fingerprint.value(), Instant.now().toString()));
        try {
            PrivateFile.makeDirectory(file.getParent());
            PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(peers));
        } catch (IOException e) {
            throw Failure.of(MigrationCode.NO_IDENTITY, "cannot write the trusted peers to " + file)
                    .withCause(e);
        }
    }
}
