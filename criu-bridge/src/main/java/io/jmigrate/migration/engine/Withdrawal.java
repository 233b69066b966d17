package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.engine.Commitment.Outcome;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.state.SourceOwns;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The end of a migration that failed: the container first, then the journal, then the peer and whoever listens. */
final class Withdrawal {
    /** The part of the patience that is spent on what the peer may still have to say. */
    private static final int LAST_WORDS_SHARE = 30;

    private final MigrateRequest request;
    private final SourceCourse course;
    private final Grip grip;
    private final Path images;
    private final Optional<Control> control;
    private final Optional<Outcome> outcome;
    private final List<RuntimeException> troubles = new ArrayList<>();

    /**
     * @param images CRIU's, which are removed before the journal ends: nobody looks for them after that
     * @param control the connection to the peer, if there is one
     * @param outcome of the commit, if there was one
     */
    Withdrawal(
            MigrateRequest request,
            SourceCourse course,
            Grip grip,
            Path images,
            Optional<Control> control,
            Optional<Outcome> outcome) {
        this.request = request;
        this.course = course;
        this.grip = grip;
        this.images = images;
        this.control = control;
        this.outcome = outcome;
    }

    /** When this returns the container is where the failure and the last event say. */
    Failure after(RuntimeException cause) {
        boolean begun = !(course.state() instanceof SourceState.Preflight);
        Place place = ours().map(next -> takeBack(next, cause)).orElseGet(this::elsewhere);
        if (begun && place == Place.SOURCE && grip.hasEnded()) {
            place = Place.ENDED;
        }
        RuntimeException reason = place == Place.SOURCE ? reason(cause) : cause;
        Failure failure = SourceFailure.of(request.container(), reason, place, begun, grip.hasStopped());
        troubles.forEach(failure::addSuppressed);
        course.tell(new ProgressEvent.Ended(place, failure.getMessage()));
        return failure;
    }

    /** The end of a migration whose container is the source's; absent if only the destination knows. */
    private Optional<SourceState.Aborted> ours() {
        if (course.state() instanceof SourceOwns owns) {
            return Optional.of(owns.aborted());
        }
        return outcome.flatMap(
                end -> end instanceof Outcome.GivenBack back ? Optional.of(back.next()) : Optional.empty());
    }

    private Place elsewhere() {
        return switch (outcome.orElse(null)) {
            case Outcome.Runs _ -> Place.DESTINATION;
            case Outcome.Divided _ -> Place.DIVIDED;
            case null, default -> Place.IN_DOUBT;
        };
    }

    /** A container that could not be set going stays open in the journal, so that recovery tries again. */
    private Place takeBack(SourceState.Aborted next, RuntimeException cause) {
        boolean committed = !(course.state() instanceof SourceOwns);
        troubles.addAll(grip.loosen());
        boolean goes = troubles.isEmpty();
        if (goes) {
            writeDown(next);
        }
        if (!committed) {
            control.ifPresent(open -> tell(open, cause));
        }
        return goes ? Place.SOURCE : Place.SOURCE_FROZEN;
    }

    private void writeDown(SourceState.Aborted next) {
        try {
            MachineErrors.run(() -> {
                Directories.remove(images);
                course.enter(next);
            });
        } catch (RuntimeException e) {
            troubles.add(e);
        }
    }

    /** A peer that can't be told sees the connection end. */
    private static void tell(Control control, RuntimeException cause) {
        try {
            control.send(new ControlMessage.Failed("the source gave up", List.of(String.valueOf(cause.getMessage()))));
        } catch (Failure e) {
            System.getLogger(Withdrawal.class.getName()).log(System.Logger.Level.DEBUG, "the peer was not told", e);
        }
    }

    /** What failed here may only be the echo of what failed at the peer: it says so before it closes its connections. */
    private RuntimeException reason(RuntimeException cause) {
        Optional<Failure> lost = Stream.concat(Stream.of(cause), Arrays.stream(cause.getSuppressed()))
                .filter(Failure.class::isInstance)
                .map(Failure.class::cast)
                .filter(failure -> failure.code() == MigrationCode.PEER_UNREACHABLE)
                .findFirst();
        Duration limit = lost.isPresent() ? request.patience().dividedBy(LAST_WORDS_SHARE) : Duration.ZERO;
        Optional<Failure> said = control.flatMap(open -> open.lastWords(limit)).map(words -> words.withCause(cause));
        return said.or(() -> lost).map(RuntimeException.class::cast).orElse(cause);
    }
}
