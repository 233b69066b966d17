package io.jmigrate.migration.wire;

import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;

/** Who may come in. Called by any thread, and returns at once. */
public interface Door {
    /** Lets everybody in. */
    Door OPEN = new Door() {
        @Override
        public Optional<Pass> enter(String host) {
            return Optional.of(new Pass() {
                @Override
                public void known() {}

                @Override
                public void close() {}
            });
        }

        @Override
        public void refused(String peer, Optional<Fingerprint> certificate, Failure why) {}
    };

    /** One who was let in, until the connection ends. */
    interface Pass extends AutoCloseable {
        /** It has turned out to be a peer that this node trusts. */
        void known();

        @Override
        void close();
    }

    /**
     * Somebody has connected; nothing was read yet.
     *
     * @param host its address without the port
     * @return empty if the connection is to be closed without a word
     */
    Optional<Pass> enter(String host);

    /**
     * Somebody was let in and then refused, or has not behaved like a node.
     *
     * @param peer host and port
     * @param certificate that it has shown
     */
    void refused(String peer, Optional<Fingerprint> certificate, Failure why);
}
