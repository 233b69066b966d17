package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.seccomp.SeccompFilter;

/**
 * Installs a filter for system calls, for ever (seccomp(2)): needs CAP_SYS_ADMIN in the user namespace, or {@link NoNewPrivs}. If it
 * notifies, the listener's descriptor goes to the runtime before the next step.
 */
public record Seccomp(SeccompFilter filter) implements Step {
    @Override
    public String describe() {
        return "install the seccomp filter";
    }
}
