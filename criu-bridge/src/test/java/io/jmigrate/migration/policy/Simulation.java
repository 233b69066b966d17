package io.jmigrate.migration.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A migration in numbers: the decision of production over a container that writes as a trace says.
 *
 * @param trace how the container writes
 * @param bandwidth bytes a second
 * @param overheadNanos what each round costs besides sending
 * @param fixed what a switch-over costs besides memory; known exactly
 * @param counted whether the tracker counts what is dirty
 */
record Simulation(Trace trace, double bandwidth, long overheadNanos, FixedCost fixed, boolean counted) {
    private static final double NANOS_A_SECOND = 1e9;
    /** More than any limit allows: a simulation that gets here does not end. */
    private static final int STEPS_MAX = 10_000;

    /** What came of it. @param memoryFollows what is left goes after the downtime @param downtimeNanos absent, as -1, if it was given up */
    record End(
            List<Round> rounds, Decision last, int percent, boolean memoryFollows, long downtimeNanos, long sentBytes) {
        long predictedNanos() {
            Prediction prediction = last.prediction();
            return (memoryFollows ? prediction.sendingLater() : prediction).downtimeNanos();
        }

        boolean aborted() {
            return downtimeNanos < 0;
        }
    }

    End run(SwitchOverLimits limits, OnStall onStall) {
        return new Course(limits, onStall).run();
    }

    private long sendingNanos(long bytes) {
        return overheadNanos + (long) (bytes * NANOS_A_SECOND / bandwidth);
    }

    private final class Course {
        private final SwitchOverLimits limits;
        private final OnStall onStall;
        private final List<Round> rounds = new ArrayList<>();
        private ThrottleSteps steps = ThrottleSteps.none();
        private int comparableFrom;
        private boolean memoryFollows;
        private long now;
        private long dirty = trace.memoryBytes();

        Course(SwitchOverLimits limits, OnStall onStall) {
            this.limits = limits;
            this.onStall = onStall;
        }

        End run() {
            for (int step = 0; step < STEPS_MAX; step++) {
                round();
                Decision decision = SwitchOver.decide(known(), fixed, limits);
                boolean goesOn =
                        switch (decision) {
                            case Decision.AnotherRound _ -> true;
                            case Decision.SwitchNow _ -> false;
                            case Decision.Stall(StallReason reason, Prediction _) ->
                                goesOn(StallAnswer.to(reason, onStall, steps));
                        };
                if (!goesOn) {
                    return end(decision);
                }
            }
            throw new AssertionError("it does not end");
        }

        private Rounds known() {
            OptionalLong pending = counted ? OptionalLong.of(dirty) : OptionalLong.empty();
            return new Rounds(rounds, pending, now, comparableFrom);
        }

        private void round() {
            long nanos = sendingNanos(dirty);
            rounds.add(new Round(dirty, dirty, nanos));
            dirty = trace.writtenBytes(now, now + nanos, steps.percent());
            now += nanos;
        }

        private boolean goesOn(StallAnswer answer) {
            if (answer instanceof StallAnswer.Throttle(ThrottleSteps further)) {
                steps = further;
                comparableFrom = rounds.size();
            }
            memoryFollows = answer instanceof StallAnswer.LetMemoryFollow;
            return answer instanceof StallAnswer.Throttle || answer instanceof StallAnswer.GoOn;
        }

        private long besideDump() {
            return counted ? Math.min(sendingNanos(dirty), fixed.dumpNanos()) : 0;
        }

        private End end(Decision last) {
            boolean aborted = last instanceof Decision.Stall && onStall == OnStall.ABORT;
            long sent = rounds.stream().mapToLong(Round::sentBytes).sum() + (aborted ? 0 : dirty);
            long standing = memoryFollows ? overheadNanos : sendingNanos(dirty) - besideDump();
            long downtime = aborted ? -1 : fixed.nanos() + standing;
            return new End(List.copyOf(rounds), last, steps.percent(), memoryFollows, downtime, sent);
        }
    }
}
