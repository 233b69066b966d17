package io.jmigrate.runtime.plan.step;

/** Sets the host name of the UTS namespace (sethostname(2)), at most 64 bytes. */
public record Hostname(String name) implements Step {
    @Override
    public String describe() {
        return "set the host name " + name;
    }
}
