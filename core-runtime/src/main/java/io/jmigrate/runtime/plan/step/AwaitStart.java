package io.jmigrate.runtime.plan.step;

/**
 * Waits until the container is started: opens the exec FIFO to write, which takes until somebody opens it to read, and writes one
 * byte. The FIFO must let the container's user write (mode 0622, fifo(7)).
 */
public record AwaitStart() implements Step {
    @Override
    public String describe() {
        return "wait for the start of the container";
    }
}
