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

    public ProcessConfig withArgs(List<String> newArgs) {
        return new ProcessConfig(
                List.copyOf(newArgs),
                env,
                cwd,
                user,
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                labels,
                scheduling,
                terminal);
    }

    public ProcessConfig withEnv(List<String> newEnv) {
        return new ProcessConfig(
                args,
                List.copyOf(newEnv),
                cwd,
                user,
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                labels,
                scheduling,
                terminal);
    }

    public ProcessConfig withCwd(String newCwd) {
        return new ProcessConfig(
                args,
                env,
                ContainerPath.clean(newCwd),
                user,
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                labels,
                scheduling,
                terminal);
    }

    public ProcessConfig withUser(UserConfig newUser) {
        return new ProcessConfig(
                args,
                env,
                cwd,
                newUser,
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                labels,
                scheduling,
                terminal);
    }

    public ProcessConfig withCapabilities(Capabilities newCapabilities) {
        return new ProcessConfig(
                args,
                env,
                cwd,
                user,
                newCapabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                labels,
                scheduling,
                terminal);
    }

    public ProcessConfig withNoNewPrivileges(boolean value) {
        return new ProcessConfig(
                args, env, cwd, user, capabilities, rlimits, value, oomScoreAdj, labels, scheduling, terminal);
    }

    public ProcessConfig withTerminal(Optional<TerminalConfig> newTerminal) {
        return new ProcessConfig(
                args,
                env,
                cwd,
                user,
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                labels,
                scheduling,
                newTerminal);
    }

    public ProcessConfig withLabels(SecurityLabels newLabels) {
        return new ProcessConfig(
                args,
                env,
                cwd,
                user,
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                newLabels,
                scheduling,
                terminal);
    }
}
