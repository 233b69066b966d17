package io.jmigrate.migration.engine;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.runtime.failure.Failure;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;

/** The end of an arrival in which something failed: what that means depends on how far it had come. */
final class FailedArrival {
    private final Control control;
    private final DestinationNode node;
    private final DestinationCourse course;
    private final CancelToken cancel;
    private final Tree tree;
    private final Attempts attempts;

    /** What had been made of what has arrived. */
    interface Tree {
        /** Removes it unless it was let go; may be called again. */
        void close();

        /** Whether whoever made it has said that nothing holds it back any more. */
        boolean wasLetGo();

        /** Notes that it runs and tells the source. */
        void runs();
    }

    FailedArrival(Control control, DestinationNode node, DestinationCourse course, CancelToken cancel, Tree tree) {
        this.control = control;
        this.node = node;
        this.course = course;
        this.cancel = cancel;
        this.tree = tree;
        this.attempts = new Attempts(course);
    }

    static Failure noLongerHeld(RuntimeException cause) {
        return Failure.of(MigrationCode.PEER_FAILED, "it is not held any more: " + cause.getMessage())
                .withCause(cause);
    }

    /** When this returns the journal says what has become of it. */
    void after(RuntimeException cause) {
        if (course.state() instanceof DestinationState.Held) {
            cancel.giveUp(noLongerHeld(cause)); // the source may count on it, with those that arrive together
        }
        switch (course.state()) {
            case DestinationState.NotYet notYet -> giveUp(notYet.neverRan(), cause);
            case DestinationState.Going going ->
                afterTheCommit(node.left(course.entry()).isLetGo(), going::diedBeforeItRan, cause);
            case DestinationState.Starting starting ->
                afterTheCommit(tree.wasLetGo(), starting::diedBeforeItRan, cause);
            case DestinationState.Lacking lacking -> afterItRan(lacking::lost, cause);
            case DestinationState.Running running -> afterItRan(running::lost, cause);
            case DestinationState.Lost _,
                    DestinationState.MayHaveRun _,
                    DestinationState.Completed _,
                    DestinationState.NeverRan _ -> attempts.log(Level.WARNING, "a late failure", cause);
        }
    }

    /** What can't be finished here stays open in the journal: the next question of the source has it recovered. */
    private void afterTheCommit(boolean letGo, Supplier<DestinationState.NeverRan> never, RuntimeException cause) {
        if (letGo) {
            takeOver(cause, tree::runs);
        } else {
            giveUp(never.get(), cause);
        }
    }

    /** Whether the container was killed before it could read memory that can't come any more. */
    private static boolean lostItsMemory(RuntimeException cause) {
        return cause instanceof Failure failure && failure.code() == CriuCode.MEMORY_LOST;
    }

    /** If it was killed before it could read memory that it lacks, it is lost. Else it runs, and not all that belongs to it was done. */
    private void afterItRan(Supplier<DestinationState.Lost> lost, RuntimeException cause) {
        if (lostItsMemory(cause)) {
            attempts.log(Level.ERROR, "it had arrived, and is lost", cause);
            attempts.run("writing the journal", () -> course.enter(lost.get()));
        } else {
            takeOver(cause, () -> {});
        }
    }

    /** The tree runs, but not all that belongs to it was done. */
    private void takeOver(RuntimeException cause, Runnable then) {
        attempts.log(Level.WARNING, "after the commit", cause);
        attempts.run("taking over a tree that runs", () -> {
            node.left(course.entry()).adopt();
            then.run();
        });
    }

    /** First the journal, so that no commit can count any more; then the traces; then the source may know. */
    private void giveUp(DestinationState.NeverRan next, RuntimeException cause) {
        attempts.log(Level.WARNING, "the arrival failed", cause);
        boolean written = attempts.run("writing the journal", () -> course.enter(next));
        attempts.run("closing the restore", tree::close); // it holds the container's lock
        attempts.run(
                "removing what has arrived", () -> node.left(course.entry()).discard());
        if (!written) { // what has arrived may have filled the disk
            attempts.run("writing the journal once more", () -> course.enter(next));
        }
        List<String> details = cause instanceof Failure failure ? failure.details() : List.of();
        attempts.run(
                "telling the source",
                () -> control.send(new ControlMessage.Failed(String.valueOf(cause.getMessage()), details)));
    }
}
