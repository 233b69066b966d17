package io.jmigrate.migration.policy;

/** What is done about a stall. */
public sealed interface StallAnswer {
    /** Slow the container, then go on with rounds. */
    record Throttle(ThrottleSteps steps) implements StallAnswer {}

    /** Freeze it, however long that takes. */
    record StopAndCopy() implements StallAnswer {}

    /** Leave it where it is. */
    record Abort() implements StallAnswer {}

    /** A container that has been slowed as far as it may be, or in vain, is frozen. */
    static StallAnswer to(StallReason reason, OnStall asked, ThrottleSteps steps) {
        return switch (asked) {
            case STOP_AND_COPY -> new StopAndCopy();
            case ABORT -> new Abort();
            case THROTTLE -> reason.slowingHelps() && steps.left() ? new Throttle(steps.further()) : new StopAndCopy();
        };
    }
}
