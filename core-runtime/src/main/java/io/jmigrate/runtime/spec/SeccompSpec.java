package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/**
 * The {@code linux.seccomp} object (config-linux.md, "Seccomp").
 *
 * @param flags absent means that the runtime chooses
 * @param listenerPath a Unix socket on the host
 * @param listenerMetadata handed to it
 */
public record SeccompSpec(
        String defaultAction,
        Optional<Long> defaultErrnoRet,
        List<String> architectures,
        Optional<List<String>> flags,
        Optional<String> listenerPath,
        Optional<String> listenerMetadata,
        List<Rule> syscalls) {

    /** What becomes of some system calls. */
    public record Rule(List<String> names, String action, Optional<Long> errnoRet, List<Argument> args) {}

    /** A condition on an argument; the values are unsigned. */
    public record Argument(long index, long value, long valueTwo, String op) {}
}
