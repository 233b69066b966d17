package io.jmigrate.runtime.linux;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Makes sockets in another network namespace: a socket stays in the namespace that it was made in, wherever it is used. */
public final class NamespaceVisit {
    private NamespaceVisit() {}

    /**
     * Runs something on a thread of its own, which enters the namespace first and ends afterwards.
     *
     * @param namespace for example {@code /proc/42/ns/net}
     * @throws LinuxException ENOENT if there is no such namespace, or what {@code make} throws
     */
    public static <T> T to(Path namespace, Supplier<T> make) {
        CompletableFuture<T> made = new CompletableFuture<>();
        Thread.ofPlatform().name("enter " + namespace).start(() -> {
            try {
                enter(namespace);
                made.complete(make.get());
            } catch (RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        try {
            return made.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LinuxException cause ? cause : e;
        }
    }

    private static void enter(Path namespace) {
        try (Fd entered = Descriptors.open(namespace)) {
            SystemCall.SETNS.on(namespace.toString(), entered.number(), NamespaceKind.NETWORK.cloneFlag());
        }
    }
}
