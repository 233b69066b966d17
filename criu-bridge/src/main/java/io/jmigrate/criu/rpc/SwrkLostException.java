package io.jmigrate.criu.rpc;

/** The CRIU process ended, or broke off, before it had answered. */
public final class SwrkLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SwrkLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
