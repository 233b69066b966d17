package io.jmigrate.runtime.wire;

/** A native program said something that isn't in the protocol. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
