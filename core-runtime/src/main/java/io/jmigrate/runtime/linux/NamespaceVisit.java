package io.jmigrate.runtime.linux;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Acts in another network namespace: makes sockets, which stay in the namespace that they were made in wherever they are used, or
 * sets its parameters.
 */
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
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void enter(Path namespace) {
        try (Fd entered = Descriptors.open(namespace)) {
            SystemCall.SETNS.on(namespace.toString(), entered.number(), NamespaceKind.NETWORK.cloneFlag());
        }
    }
}
