package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.OciNamed;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * On which nodes memory is allocated (set_mempolicy(2)).
 *
 * @param nodes none for the modes that take none
 */
public record MemoryPolicy(Mode mode, Set<Flag> flags, List<Integer> nodes) {
    public MemoryPolicy {
        flags = Set.copyOf(flags);
        nodes = List.copyOf(nodes);
    }

    /** The ordinal is the kernel's number. */
    public enum Mode implements OciNamed {
        DEFAULT,
        PREFERRED,
        BIND,
        INTERLEAVE,
        LOCAL,
        PREFERRED_MANY,
        WEIGHTED_INTERLEAVE;

        /** The name in the OCI config, for example {@code MPOL_BIND}. */
        @Override
        public String ociName() {
            return "MPOL_" + name();
        }

        public int number() {
            return ordinal();
        }

        public boolean takesNodes() {
            return this != DEFAULT && this != LOCAL;
        }

        /** PREFERRED without a node is the local one. */
        public boolean needsNodes() {
            return takesNodes() && this != PREFERRED;
        }

        public static Optional<Mode> named(String ociName) {
            return OciNamed.find(values(), ociName);
        }
    }

    /** Flags of a mode. */
    public enum Flag implements OciNamed {
        NUMA_BALANCING(1 << 13),
        RELATIVE_NODES(1 << 14),
        STATIC_NODES(1 << 15);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }

        /** The name in the OCI config, for example {@code MPOL_F_STATIC_NODES}. */
        @Override
        public String ociName() {
            return "MPOL_F_" + name();
        }

        /** All of them, to be added to the number of a mode. */
        public static int bits(Collection<Flag> flags) {
            return flags.stream().mapToInt(flag -> flag.bit).reduce(0, (a, b) -> a | b);
        }

        public static Optional<Flag> named(String ociName) {
            return OciNamed.find(values(), ociName);
        }
    }
}
