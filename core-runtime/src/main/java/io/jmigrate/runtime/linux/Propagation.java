package io.jmigrate.runtime.linux;

/** How mounts and unmounts spread between namespaces (mount_namespaces(7)); the {@code R…} forms apply to the whole subtree. */
public enum Propagation {
    UNBINDABLE(1 << 17),
    PRIVATE(1 << 18),
    SLAVE(1 << 19),
    SHARED(1 << 20),
    RUNBINDABLE(1 << 17 | 1 << 14),
    RPRIVATE(1 << 18 | 1 << 14),
    RSLAVE(1 << 19 | 1 << 14),
    RSHARED(1 << 20 | 1 << 14);

    private final long bits;

    Propagation(long bits) {
        this.bits = bits;
    }

    /** The {@code MS_…} bits, with {@code MS_REC} for the recursive forms. */
    public long bits() {
        return bits;
    }
}
