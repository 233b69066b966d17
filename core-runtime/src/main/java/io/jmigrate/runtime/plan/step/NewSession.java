package io.jmigrate.runtime.plan.step;

/** Makes the process the leader of a session of its own (setsid(2)). */
public record NewSession() implements Step {
    @Override
    public String describe() {
        return "start a session";
    }
}
