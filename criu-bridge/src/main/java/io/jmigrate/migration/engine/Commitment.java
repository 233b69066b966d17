package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.policy.SourceAction;
import io.jmigrate.migration.policy.SourceRecovery;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The commit at the source and what the destination says to it. */
final class Commitment {
    private static final Duration ASK_INTERVAL_MAX = Duration.ofMillis(200);
    private static final int ASKS = 50;

    private final MigrationId id;
    private final String container;
    private final Peer peer;
    private final SourceCourse course;
    private final Duration patience;

    /** What is known of the destination in the end. */
    sealed interface Outcome {
        /** @throws Failure PEER_FAILED, IN_DOUBT */
        default void requireRunning(PeerAddress peer) {
            switch (this) {
                case Runs _ -> {}
                case Lacks _ -> throw new IllegalStateException("memory of it is still here");
                case Divided divided ->
                    throw Failure.of(
                                    MigrationCode.MEMORY_BEHIND,
                                    "its memory could not follow to " + peer + " as a whole")
                            .withDetails(List.of(String.valueOf(divided.lost().getMessage())))
                            .withCause(divided.lost());
                case GivenBack back ->
                    throw Failure.of(MigrationCode.PEER_FAILED, "the destination never ran it and gave it back")
                            .withCause(back.lost());
                case Unknown unknown ->
                    throw Failure.of(MigrationCode.IN_DOUBT, "the peer " + peer + " was lost after the commit")
                            .withDetails(List.of(String.valueOf(unknown.lost().getMessage())))
                            .withCause(unknown.lost());
            }
        }

        /** It runs the container: the frozen copy may die. */
        record Runs() implements Outcome {}

        /** It runs the container, and lacks memory that the frozen copy has. */
        record Lacks(SourceState.Divided next) implements Outcome {}

        /** It lacks some still, and the connection over which that followed is lost: the copy has to stay frozen. */
        record Divided(Throwable lost) implements Outcome {}

        /** It has written down that it never ran it: the frozen copy is the container again. */
        record GivenBack(SourceState.Aborted next, Throwable lost) implements Outcome {}

        /** Nothing: the copy has to stay frozen. */
        record Unknown(Throwable lost) implements Outcome {}
    }

    Commitment(MigrationId id, String container, Peer peer, SourceCourse course, Duration patience) {
        this.id = id;
        this.container = container;
        this.peer = peer;
        this.course = course;
        this.patience = patience;
    }

    /**
     * The commit point is behind the first line. A failure of that line is thrown, since the destination has not been told to go;
     * nothing is thrown after it, since whatever this fails with, the destination may run the container.
     *
     * @param company which may have decided before
     * @param lostBefore how the peer was lost while that was decided
     * @param farewell what may be done only when the container is given away, and before it runs elsewhere
     */
    Outcome make(
            SourceState.Committed committed,
            Control control,
            Company company,
            Optional<RuntimeException> lostBefore,
            Runnable farewell) {
        company.commit(course, committed);
        course.attempt(farewell);
        course.attempt(() -> awaitFarewells(company));
        try {
            lostBefore.ifPresent(why -> {
                throw why;
            });
            control.send(new ControlMessage.Go());
            return switch (control.await(ControlMessage.TakenOver.class, patience)) {
                case ControlMessage.Running _ -> new Outcome.Runs();
                case ControlMessage.Lacks _ -> new Outcome.Lacks(committed.lacking(new DestinationState.Lacking()));
            };
        } catch (RuntimeException | Error lost) {
            return settle(committed, lost);
        }
    }

    /** The first word to go lets all run that leave together: none says it before the others have taken their farewells, too. */
    private void awaitFarewells(Company company) {
        GroupWait.result(company.meet(id, _ -> true).copy().orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    private Outcome settle(SourceState.Committed committed, Throwable lost) {
        try {
            return ask(committed, lost);
        } catch (RuntimeException | Error e) {
            lost.addSuppressed(e);
            return new Outcome.Unknown(lost);
        }
    }

    /** Asks until the destination has decided or the time is over. */
    private Outcome ask(SourceState.Committed committed, Throwable lost) {
        long interval = Math.min(patience.toNanos() / ASKS, ASK_INTERVAL_MAX.toNanos());
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            DestinationAnswer answer = peer.ask(id, container);
            switch (SourceRecovery.decide(committed, answer, true)) {
                case SourceAction.KillCopy _ -> {
                    return new Outcome.Runs();
                }
                case SourceAction.Follow follow -> {
                    return new Outcome.Lacks(follow.next());
                }
                case SourceAction.LetRun letRun -> {
                    return new Outcome.GivenBack(letRun.next(), lost);
                }
                default -> LockSupport.parkNanos(interval);
            }
        }
        return new Outcome.Unknown(lost);
    }
}
