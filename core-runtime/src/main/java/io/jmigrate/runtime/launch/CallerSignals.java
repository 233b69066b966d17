package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The signals that a front gets: they may come before there is anybody who is told of them, and are kept until then. */
final class CallerSignals {
    private final List<Signal> early = new ArrayList<>();
    private Optional<Consumer<Signal>> handler = Optional.empty();

    /** Who is told from now on, and at once of those that came before. */
    void onEach(Consumer<Signal> next) {
        List<Signal> kept;
        synchronized (this) {
            handler = Optional.of(next);
            kept = List.copyOf(early);
            early.clear();
        }
        kept.forEach(next);
    }

    void arrived(Signal signal) {
        Optional<Consumer<Signal>> told;
        synchronized (this) {
            told = handler;
            if (told.isEmpty()) {
                early.add(signal);
            }
        }
        told.ifPresent(ready -> ready.accept(signal));
    }
}
