package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.StopRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a container that leaves, and starts it again here, as the same container, if it stays. Its record stays meanwhile: whoever deletes it does
 * not want it to be started. One that has got its name since is left alone. Used by one thread.
 */
final class Restart {
    private final ContainerHere container;
    private final StopTerms terms;
    private final Optional<ProcessRef> tree;
    private boolean stopped;
    private Ending ending = Ending.none();

    /** @param tree its first process when it began to leave @param stopped whether it may have been told to end since */
    Restart(ContainerHere container, StopTerms terms, Optional<ProcessRef> tree, boolean stopped) {
        this.container = container;
        this.terms = terms;
        this.tree = tree;
        this.stopped = stopped;
    }

    /** Begins to end it. @return complete when nothing of it runs @throws Failure NOT_FOUND, WRONG_STATE */
    CompletableFuture<Void> stop() {
        ContainerRecord now = container.now().orElseThrow(this::isGone);
        if (!(now.state() instanceof ContainerState.Running)) {
            throw Failure.of(
                    RuntimeCode.WRONG_STATE,
                    container.id().inSentence() + " is " + now.state().word());
        }
        stopped = true;
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> end(now),
                task -> Thread.ofPlatform().daemon().name("stop").start(task));
        ending = new Ending(done, () -> kill(now));
        return done;
    }

    private static void kill(ContainerRecord now) {
        now.state().init().ifPresent(init -> Processes.killIfAlive(init, Signal.KILL));
    }

    private Failure isGone() {
        return Failure.of(RuntimeCode.NOT_FOUND, container.id().inSentence() + " was deleted meanwhile");
    }

    private void end(ContainerRecord now) {
        Signal signal = terms.signal(now.annotations()).orElse(Signal.TERM);
        container.host().containers().stop().stop(StopRequest.only(now, signal, terms.grace()));
    }

    /**
     * Starts it again, if it was told to end for the migration, and is still there. One that is about to end has to have done so: whether it has
     * been told can't be seen; it has no longer for that than the usual time. One that has another first process was started again already.
     */
    void undo() {
        if (!stopped) {
            return;
        }
        ending.hurry(StopTerms.USUAL.grace());
        container
                .now()
                .filter(now -> isLive(now) && now.state().init().equals(tree))
                .ifPresent(this::end);
        container.now().filter(now -> !isLive(now)).ifPresent(this::startAgain);
    }

    private void startAgain(ContainerRecord now) {
        try (LandedStreams streams = LandedStreams.open(now.bundle())) {
            container.host().containers().startAgain().run(now, streams.standard());
        }
    }

    private static boolean isLive(ContainerRecord now) {
        return now.state() instanceof ContainerState.Running || now.state() instanceof ContainerState.Paused;
    }

    /** Whether anything of it runs, or can be started again. */
    boolean isPossible() {
        return container.now().filter(now -> stopped || isLive(now)).isPresent();
    }

    /** Whether nothing of it runs. */
    boolean hasEnded() {
        return container.now().filter(Restart::isLive).isEmpty();
    }
}
