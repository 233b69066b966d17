package io.jmigrate.migration.plan;

import io.jmigrate.migration.plan.Check.End;
import java.util.Locale;

/**
 * The clocks of two nodes, by a question and its answer (RFC 5905, section 8). All in milliseconds since 1970.
 *
 * @param asked when the source sent the question
 * @param heard when the destination received it, by its own clock
 * @param answered when it sent the answer, by its own clock
 * @param told when the source received that
 */
public record ClockCheck(long asked, long heard, long answered, long told) {
    private static final String SUBJECT = "clock";
    private static final long TOLERATED_MILLIS = 1000;
    private static final double MILLIS_A_SECOND = 1000;

    /** How far the destination's clock is ahead, wrong by no more than half of the time that the question was under way. */
    long aheadMillis() {
        return ((heard - asked) + (answered - told)) / 2;
    }

    /** What it means: times of files, and certificates and sessions with an end, are seen by another clock. */
    public Check check() {
        long ahead = aheadMillis();
        String difference = String.format(
                Locale.ROOT, "%.1f s %s", Math.abs(ahead) / MILLIS_A_SECOND, ahead < 0 ? "behind" : "ahead of");
        return Math.abs(ahead) > TOLERATED_MILLIS
                ? Check.note(
                        End.DESTINATION,
                        SUBJECT,
                        "its clock is " + difference + " the source's, and the container's clock jumps by that",
                        "set both by the same time server (NTP)")
                : Check.passed(End.DESTINATION, SUBJECT, "it differs by less than a second from the source's");
    }
}
