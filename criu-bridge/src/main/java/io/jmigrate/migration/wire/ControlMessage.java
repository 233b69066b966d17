package io.jmigrate.migration.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.RootfsMode;
import java.util.List;
import java.util.Optional;

/** What the two ends say to each other, in JSON with the field {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ControlMessage.Offer.class, name = "offer"),
    @JsonSubTypes.Type(value = ControlMessage.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = ControlMessage.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = ControlMessage.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = ControlMessage.Join.class, name = "join"),
    @JsonSubTypes.Type(value = ControlMessage.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = ControlMessage.Received.class, name = "received"),
    @JsonSubTypes.Type(value = ControlMessage.Held.class, name = "held"),
    @JsonSubTypes.Type(value = ControlMessage.Go.class, name = "go"),
    @JsonSubTypes.Type(value = ControlMessage.Running.class, name = "running"),
    @JsonSubTypes.Type(value = ControlMessage.Lacks.class, name = "lacks"),
    @JsonSubTypes.Type(value = ControlMessage.Gone.class, name = "gone"),
    @JsonSubTypes.Type(value = ControlMessage.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = ControlMessage.Question.class, name = "question"),
    @JsonSubTypes.Type(value = ControlMessage.Answer.class, name = "answer"),
    @JsonSubTypes.Type(value = ControlMessage.PairProof.class, name = "pair-proof"),
    @JsonSubTypes.Type(value = ControlMessage.PairAnswer.class, name = "pair-answer")
})
public sealed interface ControlMessage {
    /**
     * May this container land at your node?
     *
     * @param config text of its config.json
     * @param rootfs how the root filesystem comes
     * @param rootfsPath its path at the source
     * @param sharedMarker name of a file in it that the source made for this question, empty unless it is shared
     * @param lowers layers below what is sent, the topmost first; empty unless an upper layer comes alone
     * @param facts what the source's host is like
     * @param size how much of it there is
     * @param needs what else it needs of a host
     * @param network what becomes of its addresses, which config has the new ones of, and of its connections
     * @param memoryFollows whether memory may come when it runs already
     * @param inspection whether it is only to be judged, and not to come
     * @param group names those that come together and run together or not at all, until one of them was told to go; empty for one alone
     * @param startsAnew whether no memory comes and its programs are started there
     */
    record Offer(
            MigrationId id,
            String container,
            String config,
            RootfsMode rootfs,
            String rootfsPath,
            String sharedMarker,
            List<LowerLayer> lowers,
            HostFacts facts,
            ContainerSize size,
            ContainerNeeds needs,
            NetworkTerms network,
            boolean memoryFollows,
            boolean inspection,
            String group,
            boolean startsAnew)
            implements ControlMessage {
        public Offer {
            GroupId.ofText(group);
        }

        /** With whom it comes. */
        public Optional<GroupId> together() {
            return GroupId.ofText(group);
        }
    }

    /**
     * It may.
     *
     * @param secret joins data connections to this migration
     * @param keptPages so many pages were kept when it was here before; who wants to know their names asks on the data connection
     * @param keptSecret what those are made with, in hexadecimal; empty if there are none
     */
    record Accepted(String secret, long keptPages, String keptSecret) implements ControlMessage {
        /** Nothing was kept. */
        public Accepted(String secret) {
            this(secret, 0, "");
        }
    }

    /** It may not, or who asks may not. @param code the failure's code @param reasons all of them, as sentences */
    record Refused(String code, List<String> reasons) implements ControlMessage {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * What was looked at for an inspection, and what came of it.
     *
     * @param heardMillis when the offer came, by the clock of who says this; milliseconds since 1970
     * @param answeredMillis when this was said
     */
    record Judged(List<Check> checks, long heardMillis, long answeredMillis) implements ControlMessage {
        public Judged {
            checks = List.copyOf(checks);
        }
    }

    /** First on a data connection, and on one over which memory follows. */
    record Join(MigrationId id, String secret) implements ControlMessage {}

    /** The data connection belongs to the migration. @param more how many others may join it yet */
    record Joined(int more) implements ControlMessage {
        public Joined {
            if (more < 0) {
                throw new IllegalArgumentException("a negative number of connections");
            }
        }
    }

    /** All of a part has arrived and was kept. */
    record Received(Section section) implements ControlMessage {}

    /**
     * The tree is restored and held.
     *
     * @param restoreNanos from the last byte until then
     * @param comparedPages pages of memory that were compared with what the source said of them, and are the same
     */
    record Held(long restoreNanos, long comparedPages) implements ControlMessage {}

    /** The source has committed: let it run. */
    record Go() implements ControlMessage {}

    /** The destination has let it run. */
    sealed interface TakenOver extends ControlMessage permits Running, Lacks {}

    /** It runs. */
    record Running() implements TakenOver {}

    /** It runs, and lacks memory that is still at the source. */
    record Lacks() implements TakenOver {}

    /** Nothing of it is left at the source. */
    record Gone() implements ControlMessage {}

    /** The sender gave up before the commit. */
    record Failed(String reason, List<String> details) implements ControlMessage {
        public Failed {
            details = List.copyOf(details);
        }
    }

    /** What became of this migration? */
    record Question(MigrationId id, String container) implements ControlMessage {}

    /** What became of it: {@code runs}, {@code lacks}, {@code never-ran} or {@code undecided}. */
    record Answer(String verdict) implements ControlMessage {}

    /** Knows the code. @param nonce 32 random bytes in hexadecimal @param proof an HMAC in hexadecimal */
    record PairProof(String name, String nonce, String proof) implements ControlMessage {}

    /** Knows the code too. */
    record PairAnswer(String name, String proof) implements ControlMessage {}

    /** The parts of the data that are acknowledged. */
    enum Section {
        ROOTFS,
        ROUND,
        FINAL
    }
}
