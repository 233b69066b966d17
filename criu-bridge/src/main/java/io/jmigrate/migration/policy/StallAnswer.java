package io.jmigrate.migration.policy;

/** What is done about a stall. */
public sealed interface StallAnswer {
    /** Slow the container, then go on with rounds. */
    record Throttle(ThrottleSteps steps) implements StallAnswer {}

    /** Freeze it, however long that takes. */
    record StopAndCopy() implements StallAnswer {}

    /** Freeze it, and let the memory that is left follow when it runs at the destination. */
    record LetMemoryFollow() implements StallAnswer {}

    /** Leave it where it is. */
    record Abort() implements StallAnswer {}

    /** Go on with rounds: each makes the downtime a little shorter. */
    record GoOn() implements StallAnswer {}

    /** A container that has been slowed as far as it may be, or in vain, is frozen. */
    static StallAnswer to(StallReason reason, OnStall asked, ThrottleSteps steps) {
        if (asked == OnStall.THROTTLE && reason.slowingHelps() && steps.left()) {
            return new Throttle(steps.further());
        }
        if (reason == StallReason.CONVERGES_TOO_SLOWLY) {
            return new GoOn();
        }
        return switch (asked) {
            case ABORT -> new Abort();
            case HYBRID -> new LetMemoryFollow();
            case STOP_AND_COPY, THROTTLE -> new StopAndCopy();
        };
    }
}
