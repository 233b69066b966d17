package io.jmigrate.migration.admission;

import java.time.Duration;

/** Lets a number of things happen at once, and then one more after each pause. Times are {@link System#nanoTime()}'s. */
final class TokenBucket {
    private final int burst;
    private final long pauseNanos;
    private int tokens;
    /** From when on the next token grows. */
    private long since;

    TokenBucket(int burst, Duration pause, long now) {
        this.burst = burst;
        this.pauseNanos = pause.toNanos();
        this.tokens = burst;
        this.since = now;
    }

    /** Whether it may happen now; then it has. */
    boolean take(long now) {
        grow(now);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    /** What was taken last doesn't count. */
    void giveBack() {
        tokens = Math.min(burst, tokens + 1);
    }

    /** Whether it is as it was made. */
    boolean isFull(long now) {
        grow(now);
        return tokens == burst;
    }

    private void grow(long now) {
        long grown = (now - since) / pauseNanos;
        if (tokens + grown >= burst) {
            tokens = burst;
            since = now;
        } else if (grown > 0) {
            tokens += (int) grown;
            since += grown * pauseNanos;
        }
    }
}
