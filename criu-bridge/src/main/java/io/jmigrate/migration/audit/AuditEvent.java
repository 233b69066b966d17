package io.jmigrate.migration.audit;

import io.jmigrate.migration.MigrationId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that was asked of this node, or that came of it.
 *
 * @param at when
 * @param deed what was asked
 * @param verdict what became of it
 * @param party who asked; absent: somebody at this node
 * @param migration which it was about
 * @param container its name, as the peer says
 * @param reasons why, as sentences
 * @param bytes that came from the peer
 */
public record AuditEvent(
        Instant at,
        Deed deed,
        Verdict verdict,
        Optional<Party> party,
        Optional<MigrationId> migration,
        Optional<String> container,
        List<String> reasons,
        OptionalLong bytes) {
    private static final int REASONS_MAX = 20;
    private static final int REASON_LENGTH_MAX = 500;
    private static final int NAME_LENGTH_MAX = 255;

    /** What can be asked of a node. */
    public enum Deed {
        /** To be let in at all. */
        CONNECTION,
        /** To be trusted from now on. */
        PAIRING,
        /** To be trusted no longer, or to another extent: by somebody at this node. */
        TRUST,
        /** Whether a container could land. */
        INSPECTION,
        /** That a container may land. */
        OFFER,
        /** That data belongs to a migration. */
        DATA,
        /** What became of a migration. */
        QUESTION,
        /** To measure the link. */
        PROBE,
        /** Nothing: an arrival has ended. */
        ARRIVAL
    }

    /** What becomes of it. */
    public enum Verdict {
        ACCEPTED,
        REFUSED,
        /** An arrival that runs here. */
        RUNS,
        /** An arrival that runs here, and lacks memory that its source has. */
        LACKS,
        /** An arrival that never ran here. */
        NEVER_RAN,
        /** An arrival of which this is not known yet. */
        IN_DOUBT
    }

    /**
     * Whoever is at the other end.
     *
     * @param address host and port
     * @param fingerprint of the certificate that it has shown; empty if it has shown none
     * @param name by which it is known here; empty if it is not
     */
    public record Party(String address, String fingerprint, String name) {
        public Party {
            Objects.requireNonNull(address);
            Objects.requireNonNull(fingerprint);
            Objects.requireNonNull(name);
        }
    }

    /** Whatever a peer says is cut to what a line can hold. */
    public AuditEvent {
        Objects.requireNonNull(at);
        Objects.requireNonNull(deed);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(party);
        Objects.requireNonNull(migration);
        container = container.map(name -> cut(name, NAME_LENGTH_MAX));
        reasons = reasons.stream()
                .limit(REASONS_MAX)
                .map(reason -> cut(reason, REASON_LENGTH_MAX))
                .toList();
        Objects.requireNonNull(bytes);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** Something that happens now. */
    public static AuditEvent of(Deed deed, Verdict verdict) {
        return new AuditEvent(
                Instant.now(),
                deed,
                verdict,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty());
    }

    public AuditEvent by(Party asking) {
        return new AuditEvent(at, deed, verdict, Optional.of(asking), migration, container, reasons, bytes);
    }

    public AuditEvent about(MigrationId id, String name) {
        return new AuditEvent(at, deed, verdict, party, Optional.of(id), Optional.of(name), reasons, bytes);
    }

    public AuditEvent because(List<String> why) {
        return new AuditEvent(at, deed, verdict, party, migration, container, why, bytes);
    }

    public AuditEvent with(long bytesMoved) {
        return new AuditEvent(at, deed, verdict, party, migration, container, reasons, OptionalLong.of(bytesMoved));
    }

    /** Whether it changes what this host runs or trusts: such lines are on the disk before anything is done. */
    boolean isDecision() {
        return switch (deed) {
            case OFFER, PAIRING, TRUST, ARRIVAL -> true;
            case CONNECTION, INSPECTION, DATA, QUESTION, PROBE -> false;
        };
    }
}
