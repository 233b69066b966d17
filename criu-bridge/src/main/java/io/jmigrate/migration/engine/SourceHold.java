package io.jmigrate.migration.engine;

import java.util.concurrent.CompletableFuture;

/** What keeps a container from running, and from its network, while it leaves. Every method throws {@code Failure}. */
public interface SourceHold {
    /** Nothing of it reaches the network any more. */
    void linkDown();

    /** It reaches the network again, with all its addresses. */
    void linkUp();

    /** Ends its connections, and tells their other ends; its link must be up. */
    void resetConnections();

    /** Whether it is ended here and started anew, and has no memory that goes; else it is dumped. */
    default boolean startsAnew() {
        return false;
    }

    /** Begins to end it, if it {@linkplain #startsAnew starts anew}. Throws if it has ended by itself. @return complete when nothing of it runs */
    default CompletableFuture<Void> stop() {
        return CompletableFuture.completedFuture(null);
    }

    /** Keeps it from running whatever becomes of CRIU and of this process. */
    void freeze();

    /** Lets it run, with nothing but its link between it and the network. */
    void thaw();

    /** Whether its first process is dead, and the others with it, or about to be. */
    boolean hasEnded();
}
