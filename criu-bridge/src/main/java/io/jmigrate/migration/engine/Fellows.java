package io.jmigrate.migration.engine;

import java.util.concurrent.CompletableFuture;

/**
 * Those that arrive together at this node: one token, so that one word lets them all run, and the moment at which all that have joined are
 * held. All join before any is held.
 */
final class Fellows {
    private final CancelToken token = new CancelToken();
    private final CompletableFuture<Void> allHeld = new CompletableFuture<>();
    private int present;
    private int arriving;

    /** One that arrives alone. */
    static Fellows alone() {
        Fellows alone = new Fellows();
        alone.join();
        return alone;
    }

    /** Shared by all. */
    CancelToken token() {
        return token;
    }

    synchronized void join() {
        present++;
        arriving++;
    }

    /** One of them is held. @return completes when all are, or one won't be: as long as others arrive, the source is busy with them */
    CompletableFuture<Void> held() {
        boolean last;
        synchronized (this) {
            arriving--;
            last = arriving == 0;
        }
        if (last) {
            allHeld.complete(null);
        }
        return allHeld;
    }

    /** One has arrived, or will not: then the others wait for it no more. @return whether nobody is left */
    boolean leave() {
        boolean empty;
        synchronized (this) {
            present--;
            empty = present == 0;
        }
        allHeld.complete(null);
        return empty;
    }
}
