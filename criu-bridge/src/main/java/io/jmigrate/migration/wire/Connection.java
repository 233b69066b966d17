package io.jmigrate.migration.wire;

import io.jmigrate.migration.identity.Fingerprint;
import java.util.Optional;

/**
 * A connection whose two ends know who they talk to and what for.
 */
public final class Connection implements AutoCloseable {
    private final FrameChannel channel;
    private final Role role;
    private final Optional<Fingerprint> certificate;
    private final RateLimit limit;

    Connection(FrameChannel channel, Role role, Optional<Fingerprint> certificate) {
        this(channel, role, certificate, RateLimit.none());
    }

    private Connection(FrameChannel channel, Role role, Optional<Fingerprint> certificate, RateLimit limit) {
        this.channel = channel;
        this.role = role;
        this.certificate = certificate;
        this.limit = limit;
    }

    /** The same, whose data is sent within a limit that it may share with others. */
    public Connection within(RateLimit shared) {
        return new Connection(channel, role, certificate, shared);
    }

    public Role role() {
        return role;
    }

    /** Names the peer's certificate; absent in plaintext. */
    public Optional<Fingerprint> certificate() {
        return certificate;
    }

    public Control control() {
        return new Control(channel, certificate);
    }

    FrameChannel channel() {
        return channel;
    }

    public Data data() {
        return new Data(channel, limit);
    }

    public String peer() {
        return channel.peer();
    }

    @Override
    public void close() {
        channel.close();
    }
}
