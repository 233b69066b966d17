package io.jmigrate.runtime.plan.step;

/** What mknod(2) makes. */
public enum NodeType {
    CHARACTER(0020000),
    BLOCK(0060000),
    FIFO(0010000);

    private final int bits;

    NodeType(int bits) {
        this.bits = bits;
    }

    /** The {@code S_IF…} bits. */
    public int bits() {
        return bits;
    }
}
