package io.jmigrate.runtime.plan.step;

/**
 * Tells the process for whom the descriptors of a socket activation are: LISTEN_PID, which {@link Execute} adds to the environment, is
 * the pid that it has in its own namespace (sd_listen_fds(3)).
 */
public record ListenPid() implements Step {
    @Override
    public String describe() {
        return "look up the pid for LISTEN_PID";
    }
}
