package io.jmigrate.runtime.plan.step;

/** Forbids that executing a file ever gains privileges (PR_SET_NO_NEW_PRIVS, prctl(2)). */
public record NoNewPrivs() implements Step {
    @Override
    public String describe() {
        return "set no_new_privs";
    }
}
