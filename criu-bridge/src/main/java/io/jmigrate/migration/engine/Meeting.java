package io.jmigrate.migration.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A point that several come to, each with something, and leave with the same. */
final class Meeting<C, R> {
    private final int expected;
    private final List<C> brought = new ArrayList<>();
    private final CompletableFuture<R> result = new CompletableFuture<>();

    /** @param expected how many come */
    Meeting(int expected) {
        this.expected = expected;
    }

    /** One more has come. @return whether it is the last one, who draws the conclusion */
    synchronized boolean add(C mine) {
        brought.add(mine);
        return brought.size() == expected;
    }

    /** What comes of it, or its failure, is everybody's. Called by the last one, without a lock that others may wait for. */
    void conclude(Function<List<C>, R> conclusion) {
        try {
            result.complete(conclusion.apply(List.copyOf(brought)));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** Nobody comes any more. */
    void breakUp(RuntimeException why) {
        result.completeExceptionally(why);
    }

    CompletableFuture<R> result() {
        return result;
    }
}
