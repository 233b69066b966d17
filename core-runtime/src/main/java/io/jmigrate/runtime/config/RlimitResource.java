package io.jmigrate.runtime.config;

import java.util.Arrays;
import java.util.Optional;

/** The resources of getrlimit(2) in the order of their numbers (asm-generic/resource.h, used by x86 and arm64). */
public enum RlimitResource {
    RLIMIT_CPU,
    RLIMIT_FSIZE,
    RLIMIT_DATA,
    RLIMIT_STACK,
    RLIMIT_CORE,
    RLIMIT_RSS,
    RLIMIT_NPROC,
    RLIMIT_NOFILE,
    RLIMIT_MEMLOCK,
    RLIMIT_AS,
    RLIMIT_LOCKS,
    RLIMIT_SIGPENDING,
    RLIMIT_MSGQUEUE,
    RLIMIT_NICE,
    RLIMIT_RTPRIO,
    RLIMIT_RTTIME;

    public static Optional<RlimitResource> named(String name) {
        return Arrays.stream(values())
                .filter(resource -> resource.name().equals(name))
                .findFirst();
    }

    /** The number that setrlimit(2) takes. */
    public int number() {
        return ordinal();
    }
}
