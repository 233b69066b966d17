package io.jmigrate.runtime.linux;

/** Types of Unix sockets (unix(7)). */
public enum SocketType {
    /** Bytes without message boundaries. */
    STREAM(1),
    /** Messages that come from anybody. */
    DATAGRAM(2),
    /** Messages that keep their boundaries. */
    SEQPACKET(5);

    private final int number;

    SocketType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
