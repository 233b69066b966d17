package io.jmigrate.migration.pairing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.PrivateFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A code that a person carries from one node to the other, once. It has 80 random bits, so that whoever sees a proof made with it
 * can't find it by trying.
 *
 * @param code sixteen letters and digits in groups of four
 * @param expiresAt ISO-8601
 * @param triesLeft wrong proofs that are still forgiven
 * @param may what the node may do that uses it
 */
public record PairingCode(String code, String expiresAt, int triesLeft, Set<PeerRight> may) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int LENGTH = 16;
    private static final int GROUP = 4;
    private static final int TRIES = 3;

    public PairingCode {
        may = Set.copyOf(may);
    }

    /** Makes a new code for this node; an earlier one is void. @param may what the node may do that uses it */
    public static PairingCode issue(Path root, Set<PeerRight> may) {
        SecureRandom random = new SecureRandom();
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        PairingCode fresh =
                new PairingCode(code.toString(), Instant.now().plus(VALID).toString(), TRIES, may);
        fresh.save(root);
        return fresh;
    }

    /** The code that is valid now. */
    static Optional<PairingCode> current(Path root) {
        try {
            PairingCode code = JSON.readValue(Files.readAllBytes(file(root)), PairingCode.class);
            boolean valid = code.triesLeft > 0 && Instant.now().isBefore(Instant.parse(code.expiresAt));
            return Optional.of(code).filter(_ -> valid);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** One try less. */
    void wrong(Path root) {
        new PairingCode(code, expiresAt, triesLeft - 1, may).save(root);
    }

    /** Used up. */
    static void spend(Path root) {
        try {
            Files.deleteIfExists(file(root));
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private void save(Path root) {
        try {
            PrivateFile.makeDirectory(file(root).getParent());
            PrivateFile.write(file(root), JSON.writeValueAsString(this));
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static Failure unusable(Path root, IOException e) {
        return Failure.of(MigrationCode.PAIRING, "cannot use " + file(root) + ": " + IoReason.of(e))
                .withCause(e);
    }

    private static Path file(Path root) {
        return root.resolve(NodeIdentity.DIRECTORY).resolve("pairing.json");
    }

    /** As a person may have typed it. */
    static String normalize(String typed) {
        return typed.strip().toUpperCase(java.util.Locale.ROOT).replace("-", "").replace(" ", "");
    }
}
