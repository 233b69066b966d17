package io.jmigrate.archive.registry;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for another machine, as long as the caller wants and something is heard of it: it may be silent for ever. */
final class Patience {
    private static final long LOOK_MILLIS = 200;

    private final Runnable check;
    private final ExecutorService waiting;
    private volatile long heardNanos;

    /**
     * @param check what it throws ends the waiting
     * @param waiting the threads that wait
     */
    Patience(Runnable check, ExecutorService waiting) {
        this.check = check;
        this.waiting = waiting;
    }

    /** Something came, or was taken. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    /**
     * Does it, unless nothing is heard for too long.
     *
     * @throws SocketTimeoutException if nothing was
     * @throws IOException what the act throws
     */
    <T> T await(Duration silence, Callable<T> act) throws IOException {
        heard();
        Future<T> result = waiting.submit(act);
        try {
            while (true) {
                try {
                    return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    check.run();
                    requireHeard(silence);
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the waiting was interrupted", e);
        } finally {
            result.cancel(true);
        }
    }

    private void requireHeard(Duration silence) throws SocketTimeoutException {
        if (System.nanoTime() - heardNanos > silence.toNanos()) {
            throw new SocketTimeoutException("nothing was heard for " + silence.toSeconds() + " s");
        }
    }

    private static IOException rethrown(Throwable cause) {
        return switch (cause) {
            case IOException io -> io;
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            default -> new IOException(cause);
        };
    }
}
