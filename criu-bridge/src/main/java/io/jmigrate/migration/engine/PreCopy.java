package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.policy.Decision;
import io.jmigrate.migration.policy.FixedCost;
import io.jmigrate.migration.policy.Prediction;
import io.jmigrate.migration.policy.Round;
import io.jmigrate.migration.policy.Rounds;
import io.jmigrate.migration.policy.StallAnswer;
import io.jmigrate.migration.policy.StallReason;
import io.jmigrate.migration.policy.Standing;
import io.jmigrate.migration.policy.SwitchOver;
import io.jmigrate.migration.policy.ThrottleSteps;
import io.jmigrate.migration.policy.Verdict;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Copies memory in rounds while the container runs, until the downtime is predicted to be as short as was asked for. */
final class PreCopy {
    private final MigrateRequest request;
    private final MemoryAhead memory;
    private final OutgoingMemory outgoing;
    private final SourceCourse course;
    private final Slowing slowing;
    private final Together together;
    private final FixedCost fixed;
    private final List<Round> rounds = new ArrayList<>();
    private SourceState.PreCopy state;
    private ThrottleSteps steps = ThrottleSteps.none();
    private int comparableFrom;
    private long roundEnded;
    private long sentBytes;
    private boolean stalled;
    private boolean memoryFollows;

    /** Where all that leave together are decided upon as one. */
    @FunctionalInterface
    interface Together {
        /** @param mine how far this one has got @return over all, when all have got so far */
        Verdict decide(Standing mine, Function<List<Standing>, Verdict> decision);
    }

    /** @param first the state of the first round, which has been entered */
    PreCopy(
            MigrateRequest request,
            MemoryAhead memory,
            OutgoingMemory outgoing,
            SourceCourse course,
            Slowing slowing,
            Together together,
            SourceState.PreCopy first) {
        this.request = request;
        this.memory = memory;
        this.outgoing = outgoing;
        this.course = course;
        this.slowing = slowing;
        this.together = together;
        this.fixed = course.fixedCost();
        this.state = first;
        this.memoryFollows = request.mode().memoryFollows();
    }

    /**
     * Returns when the container is to be frozen.
     *
     * @param besides what else is to be done shortly before; rounds go on after it, if it took its time
     * @return whether what is left of memory is to follow the container
     * @throws Failure STALLED if that was asked for in place of a longer downtime
     */
    boolean run(Runnable besides) {
        slowing.watch();
        goOn(round());
        besides.run();
        if (!stalled) {
            goOn(verdict(known()));
        }
        return memoryFollows;
    }

    private void goOn(Verdict first) {
        Verdict verdict = first;
        while (another(verdict.decision())) {
            state = state.nextRound();
            course.enter(state);
            verdict = round();
        }
    }

    private Verdict round() {
        long begun = System.nanoTime();
        PagesMoved before = outgoing.moved();
        long written = memory.round();
        outgoing.endRound();
        roundEnded = System.nanoTime();
        PagesMoved moved = outgoing.moved();
        Round round = new Round(written, moved.contentBytes() - before.contentBytes(), roundEnded - begun);
        rounds.add(round);
        sentBytes = moved.bytes() - before.bytes();
        course.chronicle().round(rounds.size(), round.nanos(), written, sentBytes);
        Rounds known = known();
        Verdict verdict = verdict(known);
        tell(known, verdict);
        return verdict;
    }

    private Verdict verdict(Rounds known) {
        return together.decide(
                standing(known), all -> Verdict.over(all, request.limits(), request.onStallByMode(), steps));
    }

    private Standing standing(Rounds known) {
        return new Standing(known, fixed, memory.lockedBytes());
    }

    private Rounds known() {
        OptionalLong pending = memory.pending();
        return new Rounds(
                rounds, pending, course.chronicle().elapsed(), comparableFrom, System.nanoTime() - roundEnded);
    }

    private boolean another(Decision decision) {
        return switch (decision) {
            case Decision.AnotherRound _ -> true;
            case Decision.SwitchNow _ -> false;
            case Decision.Stall(StallReason reason, Prediction _) -> answer(reason);
        };
    }

    private boolean answer(StallReason reason) {
        return switch (StallAnswer.to(reason, request.onStallByMode(), steps)) {
            case StallAnswer.GoOn _ -> true;
            case StallAnswer.Throttle(ThrottleSteps further) -> {
                steps = further; // also where it can't be slowed: those that leave together take them together
                if (slowing.to(further)) {
                    comparableFrom = rounds.size();
                    course.tell(new ProgressEvent.Slowed(reason.sentence(), further.percent()));
                }
                yield true;
            }
            case StallAnswer.StopAndCopy _ -> {
                stalled = true;
                course.tell(new ProgressEvent.Stalled(reason.sentence()));
                yield false;
            }
            case StallAnswer.LetMemoryFollow _ -> {
                stalled = true;
                memoryFollows = true;
                course.tell(new ProgressEvent.Follows(reason.sentence()));
                yield false;
            }
            case StallAnswer.Abort _ ->
                throw Failure.of(
                        MigrationCode.STALLED,
                        "it would stand still for longer than "
                                + request.limits().maxDowntime().toMillis() + " ms: " + reason.sentence());
        };
    }

    /** What is dirty is this container's; link, downtime and end are those of all that leave together. */
    private void tell(Rounds known, Verdict verdict) {
        Round last = rounds.getLast();
        Prediction own = SwitchOver.decide(known, standing(known).fixed(), request.limits())
                .prediction();
        Prediction overall = verdict.decision().prediction();
        Prediction all = memoryFollows ? overall.sendingLater() : overall;
        course.tell(new ProgressEvent.RoundEnded(
                rounds.size(),
                last.writtenBytes(),
                sentBytes,
                last.nanos(),
                (long) all.bandwidth(),
                own.dirtyBytes(),
                (long) own.dirtyRate(),
                all.downtimeNanos(),
                verdict.forecast().remainingNanos()));
    }
}
