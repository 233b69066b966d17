package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.OciNamed;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * How the kernel schedules a process (sched_setattr(2)).
 *
 * @param nice -20 to 19, for the policies that have it
 * @param priority 1 to 99 for FIFO and RR, else 0
 * @param runtimeNanos unsigned, as the next two: for DEADLINE alone
 */
public record Scheduler(
        Policy policy,
        int nice,
        int priority,
        Set<Flag> flags,
        long runtimeNanos,
        long deadlineNanos,
        long periodNanos) {

    public Scheduler {
        flags = Set.copyOf(flags);
    }

    /** The ordinal is the kernel's number. */
    public enum Policy implements OciNamed {
        OTHER,
        FIFO,
        RR,
        BATCH,
        ISO,
        IDLE,
        DEADLINE;

        public int number() {
            return ordinal();
        }

        /** The name in the OCI config, for example {@code SCHED_BATCH}. */
        @Override
        public String ociName() {
            return "SCHED_" + name();
        }

        /** Whether it goes by a fixed priority. */
        public boolean hasPriority() {
            return this == FIFO || this == RR;
        }

        public static Optional<Policy> named(String ociName) {
            return OciNamed.find(values(), ociName);
        }
    }

    /** The ordinal is the number of the kernel's bit. */
    public enum Flag implements OciNamed {
        RESET_ON_FORK,
        RECLAIM,
        DL_OVERRUN,
        KEEP_POLICY,
        KEEP_PARAMS,
        UTIL_CLAMP_MIN,
        UTIL_CLAMP_MAX;

        /** The name in the OCI config, for example {@code SCHED_FLAG_RECLAIM}. */
        @Override
        public String ociName() {
            return "SCHED_FLAG_" + name();
        }

        public static Optional<Flag> named(String ociName) {
            return OciNamed.find(values(), ociName);
        }

        public static long bits(Collection<Flag> flags) {
            return flags.stream().mapToLong(flag -> 1L << flag.ordinal()).reduce(0, (a, b) -> a | b);
        }
    }
}
