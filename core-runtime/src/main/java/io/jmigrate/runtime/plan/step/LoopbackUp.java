package io.jmigrate.runtime.plan.step;

/** Brings the interface {@code lo} of the network namespace up (netdevice(7)). */
public record LoopbackUp() implements Step {
    @Override
    public String describe() {
        return "bring up the loopback interface";
    }
}
