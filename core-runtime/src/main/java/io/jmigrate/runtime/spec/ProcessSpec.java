package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/**
 * The {@code process} object, also the form of {@code exec --process FILE}.
 *
 * @param terminal whether it wants a terminal
 * @param consoleSize the size that the terminal has at first
 * @param user ids inside the container
 * @param args program and arguments
 * @param env {@code NAME=value} each
 * @param cwd working directory inside the container; empty text when missing
 * @param capabilities absent means none at all
 * @param rlimits resource limits
 * @param noNewPrivileges whether execve may never grant privileges
 * @param oomScoreAdj absent means unchanged
 * @param scheduling the fields scheduler, ioPriority and execCPUAffinity
 */
public record ProcessSpec(
        boolean terminal,
        Optional<ConsoleSizeSpec> consoleSize,
        UserSpec user,
        List<String> args,
        List<String> env,
        String cwd,
        Optional<CapabilitiesSpec> capabilities,
        List<RlimitSpec> rlimits,
        boolean noNewPrivileges,
        Optional<Long> oomScoreAdj,
        Optional<String> apparmorProfile,
        Optional<String> selinuxLabel,
        SchedulingSpec scheduling) {}
