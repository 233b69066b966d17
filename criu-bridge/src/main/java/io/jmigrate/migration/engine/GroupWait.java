package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Waits for the other containers of a group, while the peer hears now and then that this one is still there. */
final class GroupWait {
    /** The peer may have less patience than this end: a second at least. */
    private static final Duration SIGN_INTERVAL_MAX = Duration.ofMillis(300);

    private static final int SIGNS_OF_LIFE = 10;

    private final Control control;
    private final Data data;
    private final Duration patience;

    GroupWait(Control control, Data data, Duration patience) {
        this.control = control;
        this.data = data;
        this.patience = patience;
    }

    /** @throws RuntimeException what the event fails with, or that the peer gave up or was lost meanwhile */
    <R> R until(CompletableFuture<R> event) {
        long interval = Math.min(patience.dividedBy(SIGNS_OF_LIFE).toNanos(), SIGN_INTERVAL_MAX.toNanos());
        while (!event.isDone()) {
            CompletableFuture<Boolean> over =
                    event.handle((_, _) -> true).completeOnTimeout(false, interval, TimeUnit.NANOSECONDS);
            if (!control.awaitElsewhere(over, patience)) {
                data.send(new DataMessage.Filler(new byte[1]));
            }
        }
        return result(event);
    }

    /** Of an event that happens within this process alone. */
    static <R> R result(CompletableFuture<R> event) {
        try {
            return event.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
