package io.jmigrate.runtime.launch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A process whose parent is the launcher's process. */
public interface Child {
    /** In the launcher's pid namespace. The pid is free for others as soon as {@link #exited()} is complete. */
    int pid();

    /**
     * Completes when the process has ended and was reaped; exceptionally with {@link LaunchException} when the launcher's
     * process is gone, so that nobody will know.
     */
    CompletableFuture<ExitStatus> exited();

    /**
     * Waits for its end.
     *
     * @throws LaunchException when the launcher's process is gone
     */
    default ExitStatus await() {
        try {
            return exited().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LaunchException lost ? lost : e;
        }
    }
}
