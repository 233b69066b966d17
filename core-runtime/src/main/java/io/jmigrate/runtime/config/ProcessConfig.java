package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.ProcessSpec;
import java.util.List;
import java.util.Optional;

/**
 * A process of a container.
 *
 * @param args at least the program
 * @param env {@code NAME=value} each
 * @param cwd absolute, inside the container
 * @param user ids inside the container
 * @param capabilities the five sets
 * @param rlimits resource limits, each resource at most once
 * @param noNewPrivileges whether execve may never grant privileges
 * @param oomScoreAdj absent means unchanged
 * @param labels of security modules
 * @param terminal of its own, in place of the standard streams that it would get
 */
public record ProcessConfig(
        List<String> args,
        List<String> env,
        String cwd,
        UserConfig user,
        Capabilities capabilities,
        List<Rlimit> rlimits,
        boolean noNewPrivileges,
        Optional<Long> oomScoreAdj,
        SecurityLabels labels,
        Scheduling scheduling,
        Optional<TerminalConfig> terminal) {

    /**
     * Resolves a process that has no problems.
     *
     * @throws IllegalArgumentException for one that {@code validate} would have refused
     */
    public static ProcessConfig resolve(ProcessSpec spec) {
        return new ProcessConfig(
                spec.args(),
                spec.env(),
                ContainerPath.clean(spec.cwd()),
                UserConfig.resolve(spec.user()),
                spec.capabilities().map(Capabilities::resolve).orElse(Capabilities.NONE),
                spec.rlimits().stream().map(Rlimit::resolve).toList(),
                spec.noNewPrivileges(),
                spec.oomScoreAdj(),
                new SecurityLabels(spec.apparmorProfile(), spec.selinuxLabel()),
                SchedulingResolver.resolve(spec.scheduling()),
                TerminalConfig.resolve(spec));
    }

    /** The first value of an environment variable. */
    public Optional<String> variable(String name) {
        return env.stream()
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst();
    }
}
