package io.jmigrate.pages.ahead;

/**
 * How fast shared memory is written, by what was found changed. The bytes written within a time grow ever slower with it, since pages are
 * written again: within a shorter time than that between the last two looks at most as many, within a longer one at most as many
 * more as it is longer. Times are in nanoseconds, of a clock that only goes forward.
 */
final class SharedPace {
    private long begun;
    private long between;
    private long changedBytes;
    private long allBytes;
    private boolean looked;

    /** A look begins. */
    void begin(long now) {
        between = looked ? Math.max(1, now - begun) : 0;
        begun = now;
        looked = true;
    }

    /** @param changed bytes since the look before, or all if there was none @param all bytes that there are */
    void end(long changed, long all) {
        changedBytes = changed;
        allBytes = all;
    }

    /** Bytes that were other than at the look before. */
    long changedBytes() {
        return changedBytes;
    }

    /** Bytes that are other than at the last look, at most; all after one look. */
    long pending(long now) {
        if (between == 0) {
            return allBytes;
        }
        double longer = Math.max(1, (now - begun) / (double) between);
        return (long) Math.min(allBytes, changedBytes * longer);
    }
}
