package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Errno;
import java.util.Optional;

/** A program could not be started, or the connection to the launcher's process was lost. */
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Errno> errno;

    private LaunchException(String message, Optional<Errno> errno, Throwable cause) {
        super(message, cause);
        this.errno = errno;
    }

    /** The program could not be executed. @param act what failed, for example {@code execute} */
    static LaunchException refused(Launch request, String act, Errno errno) {
        return new LaunchException(
                "cannot " + act + " " + request.program() + ": " + errno.text(), Optional.of(errno), null);
    }

    /** The launcher's process is gone, or does not do what it is asked for. */
    public static LaunchException lost(String message, Throwable cause) {
        return new LaunchException(message, Optional.empty(), cause);
    }

    /** Why the program could not be executed; empty when the launcher's process is gone. */
    public Optional<Errno> errno() {
        return errno;
    }
}
