package io.jmigrate.migration.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of a container that was told to end.
 *
 * @param done completes when nothing of it runs, or it can't be ended
 * @param kill its first process, after which it is done at once
 */
record Ending(CompletableFuture<Void> done, Runnable kill) {
    /** It was not told. */
    static Ending none() {
        return new Ending(CompletableFuture.completedFuture(null), () -> {});
    }

    /** Returns when it is done. @param rest what it still has to end by itself: nobody waits for its end any more */
    void hurry(Duration rest) {
        boolean ended = done.handle((_, _) -> true)
                .completeOnTimeout(false, rest.toNanos(), TimeUnit.NANOSECONDS)
                .join();
        if (!ended) {
            kill.run();
        }
        done.exceptionally(_ -> null).join();
    }
}
