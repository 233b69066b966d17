package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Who brings memory and who guards that, as they take each other's places.
 *
 * @param guard the filler's parent
 */
record FillPair(ProcessRef guard, ProcessRef filler) {
    private static final Duration LOOK = Duration.ofNanos(100_000);

    /** The two that this JVM has started. */
    static FillPair find() {
        return new FillPair(process(Participant.GUARD), process(Participant.FILLER));
    }

    private static ProcessRef process(Participant participant) {
        return participant
                .find()
                .flatMap(found -> Processes.find((int) found.pid()))
                .orElseThrow();
    }

    /** Kills the filler. @return the guard and its next filler; empty if there is none to come */
    Optional<FillPair> withoutFiller(BooleanSupplier over) {
        Processes.killIfAlive(filler, Signal.KILL);
        return next(guard, over);
    }

    /** Kills the guard. @return the filler, which is the guard then, and its filler; empty if there is none to come */
    Optional<FillPair> withoutGuard(BooleanSupplier over) {
        killGuard();
        return afterGuard(over);
    }

    void killGuard() {
        Processes.killIfAlive(guard, Signal.KILL);
    }

    /** The same of a guard that was killed. */
    Optional<FillPair> afterGuard(BooleanSupplier over) {
        Processes.killIfAlive(filler, Signal.CONT);
        return next(filler, over);
    }

    private Optional<FillPair> next(ProcessRef parent, BooleanSupplier over) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(() -> over.getAsBoolean() || child(parent).isPresent());
        return child(parent).map(child -> new FillPair(parent, child));
    }

    /** Other than this filler. */
    private Optional<ProcessRef> child(ProcessRef parent) {
        try {
            return Stream.of(Files.readString(Path.of("/proc/" + parent.pid() + "/task/" + parent.pid() + "/children"))
                            .split(" "))
                    .filter(word -> !word.isBlank())
                    .flatMap(word -> Processes.find(Integer.parseInt(word)).stream())
                    .filter(child -> !child.equals(filler) && Processes.alive(child))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    /** In the same instant: neither sees the other's end. */
    void killBoth() {
        signal(Signal.STOP);
        signal(Signal.KILL);
    }

    private void signal(Signal signal) {
        List.of(guard, filler).forEach(process -> Processes.killIfAlive(process, signal));
    }

    void stopFiller() {
        Processes.killIfAlive(filler, Signal.STOP);
    }

    /** Nobody is left. */
    void awaitEnd() {
        await().untilAsserted(() -> assertThat(List.of(guard, filler)).noneMatch(Processes::alive));
    }
}
