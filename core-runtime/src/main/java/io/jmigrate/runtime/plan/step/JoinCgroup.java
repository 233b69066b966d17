package io.jmigrate.runtime.plan.step;

import java.nio.file.Path;

/**
 * Moves the process into a cgroup by writing its pid (cgroups(7)).
 *
 * @param procsFile on the host, for example {@code /sys/fs/cgroup/memory/web/cgroup.procs}
 */
public record JoinCgroup(Path procsFile) implements Step {
    @Override
    public String describe() {
        return "join the cgroup " + procsFile.getParent();
    }
}
