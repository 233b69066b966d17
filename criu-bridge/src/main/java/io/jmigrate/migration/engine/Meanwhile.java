package io.jmigrate.migration.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Something that is worked out while its taker waits for something else. */
final class Meanwhile<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Meanwhile() {}

    /** Begins on a thread of its own. */
    static <T> Meanwhile<T> start(String name, Supplier<T> work) {
        Meanwhile<T> meanwhile = new Meanwhile<>();
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                meanwhile.result.complete(work.get());
            } catch (RuntimeException | Error e) {
                meanwhile.result.completeExceptionally(e);
            }
        });
        return meanwhile;
    }

    /** Waits for the result, or throws what the work has thrown. */
    T get() {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits for the end, whatever it is. */
    void await() {
        result.handle((_, _) -> 0).join();
    }
}
