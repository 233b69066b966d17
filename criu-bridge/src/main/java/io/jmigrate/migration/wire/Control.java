package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.json.Printable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A connection that carries messages. */
public final class Control implements AutoCloseable {
    private static final int REASONS_MAX = 32;
    private static final int REASON_CHARS_MAX = 2_000;
    /** What may stand for a refusal. The other codes say what has become of a container, and of that a peer is no witness. */
    private static final Set<MigrationCode> REFUSALS = EnumSet.of(
            MigrationCode.PREFLIGHT,
            MigrationCode.PEER_REFUSED,
            MigrationCode.PEER_RIGHTS,
            MigrationCode.PEER_UNTRUSTED,
            MigrationCode.PAIRING);

    private final FrameChannel channel;
    private final Optional<Fingerprint> certificate;

    Control(FrameChannel channel, Optional<Fingerprint> certificate) {
        this.channel = channel;
        this.certificate = certificate;
    }

    /** Names the peer's certificate; absent in plaintext. */
    public Optional<Fingerprint> certificate() {
        return certificate;
    }

    public void send(ControlMessage message) {
        channel.send(ControlText.encode(message));
    }

    /** The next message. @throws Failure PEER_UNREACHABLE when the connection ends or the time is over */
    public ControlMessage receive(Duration limit) {
        return ControlText.decode(channel.receive(limit));
    }

    /**
     * The next message, which has to be of this kind.
     *
     * @throws Failure PEER_REFUSED or another code of a refusal if it refuses, PEER_FAILED if it gave up, PEER_PROTOCOL for anything else
     */
    public <M extends ControlMessage> M await(Class<M> kind, Duration limit) {
        return required(kind, receive(limit));
    }

    /** The same, unless an event comes first: empty then. */
    public <M extends ControlMessage> Optional<M> awaitUnless(
            Class<M> kind, CompletableFuture<?> event, Duration limit) {
        return channel.receiveUnless(event, limit).map(frame -> required(kind, ControlText.decode(frame)));
    }

    private static <M extends ControlMessage> M required(Class<M> kind, ControlMessage message) {
        if (kind.isInstance(message)) {
            return kind.cast(message);
        }
        throw unexpected(message);
    }

    private static Failure unexpected(ControlMessage message) {
        return switch (message) {
            case ControlMessage.Refused refused -> refusal(refused);
            case ControlMessage.Failed failed -> gaveUp(failed);
            default -> Protocol.broken("said " + message.getClass().getSimpleName() + " out of turn");
        };
    }

    /**
     * Waits for what comes by another way while the peer has nothing to say by this one.
     *
     * @throws Failure PEER_UNREACHABLE when this connection ends or the time is over, PEER_FAILED if the peer gave up, PEER_PROTOCOL if
     *     it says anything else
     */
    public <T> T awaitElsewhere(CompletableFuture<T> elsewhere, Duration limit) {
        channel.receiveUnless(elsewhere, limit).ifPresent(frame -> {
            throw unexpected(ControlText.decode(frame));
        });
        return elsewhere.join();
    }

    /**
     * Why the peer gave up, if it has said so before its connections ended; other messages are passed over.
     *
     * @param limit how long its word is waited for; it may still be on its way
     */
    public Optional<Failure> lastWords(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (Duration left = limit; !left.isNegative(); left = Duration.ofNanos(deadline - System.nanoTime())) {
                if (receive(left) instanceof ControlMessage.Failed failed) {
                    return Optional.of(gaveUp(failed));
                }
            }
            return Optional.empty();
        } catch (Failure e) {
            return Optional.empty(); // it has nothing more to say
        }
    }

    private static Failure gaveUp(ControlMessage.Failed failed) {
        return Failure.of(MigrationCode.PEER_FAILED, "the peer gave up: " + printable(failed.reason()))
                .withDetails(printable(failed.details()));
    }

    private static Failure refusal(ControlMessage.Refused refused) {
        MigrationCode code = REFUSALS.stream()
                .filter(known -> known.name().equals(refused.code()))
                .findAny()
                .orElse(MigrationCode.PEER_REFUSED);
        List<String> reasons = printable(refused.reasons());
        return reasons.size() == 1
                ? Failure.of(code, "the peer refused: " + reasons.getFirst())
                : Failure.of(code, "the peer refused").withDetails(reasons);
    }

    private static List<String> printable(List<String> said) {
        return said.stream().limit(REASONS_MAX).map(Control::printable).toList();
    }

    /** What a peer says is shown on terminals and in logs. */
    private static String printable(String said) {
        return Printable.beginning(said, REASON_CHARS_MAX);
    }

    /** From now on waiting fails with this; what needs no wait can still be sent. Does not wait itself. May be called by any thread. */
    public void interrupt(Failure why) {
        channel.interrupt(why);
    }

    public String peer() {
        return channel.peer();
    }

    @Override
    public void close() {
        channel.close();
    }
}
