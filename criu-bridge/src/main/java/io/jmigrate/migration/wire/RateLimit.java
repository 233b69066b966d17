package io.jmigrate.migration.wire;

/**
 * How many bytes a second some connections may send together: whoever has sent waits until there was time for that. What was left
 * unused is saved up for a moment alone. Vert.x shapes what servers send, and the callers send here.
 */
public final class RateLimit {
    private static final double NANOS_A_SECOND = 1e9;
    /** So long a pause is made up for; longer ones would make a burst that others on the link feel. */
    private static final long SAVED_NANOS = 50_000_000;

    private final double nanosAByte;
    private long freeAt = Long.MIN_VALUE;

    private RateLimit(double nanosAByte) {
        this.nanosAByte = nanosAByte;
    }

    /** Everybody may send at once. */
    public static RateLimit none() {
        return new RateLimit(0);
    }

    /** @param bytesASecond at least 1 */
    public static RateLimit of(long bytesASecond) {
        if (bytesASecond < 1) {
            throw new IllegalArgumentException("a limit of less than a byte a second");
        }
        return new RateLimit(NANOS_A_SECOND / bytesASecond);
    }

    /**
     * Somebody is about to send.
     *
     * @param bytes how many
     * @param now by the clock that the caller waits by, nanoseconds; never less than at the call before
     * @return for how many nanoseconds not yet
     */
    synchronized long take(long bytes, long now) {
        long begin = Math.max(freeAt, now - SAVED_NANOS);
        freeAt = begin + (long) (bytes * nanosAByte);
        return Math.max(0, begin - now);
    }
}
