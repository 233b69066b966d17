package io.jmigrate.cli.invocation;

import io.jmigrate.runtime.linux.Signal;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Turns the first of the signals that ask a process to end into its orderly end; later ones change nothing. */
public final class OrderlyEnd implements Consumer<Signal> {
    private static final Set<Signal> ENDING = Set.of(Signal.TERM, Signal.INT, Signal.HUP);

    private final AtomicBoolean begun = new AtomicBoolean();
    private final Consumer<Signal> end;

    /** @param end begins the end; must not wait */
    public OrderlyEnd(Consumer<Signal> end) {
        this.end = end;
    }

    @Override
    public void accept(Signal signal) {
        if (ENDING.contains(signal) && begun.compareAndSet(false, true)) {
            end.accept(signal);
        }
    }
}
