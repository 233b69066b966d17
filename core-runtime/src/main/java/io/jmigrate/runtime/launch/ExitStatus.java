package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Signal;

/** How a process ended (wait(2)). */
public sealed interface ExitStatus {
    /** It called exit. @param code 0 to 255 */
    record Exited(int code) implements ExitStatus {}

    /** A signal killed it. @param coreDumped whether it left a core file */
    record Signalled(Signal signal, boolean coreDumped) implements ExitStatus {}

    /** Reads a wait status. */
    static ExitStatus ofWaitStatus(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Exited(status >> 8 & 0xff) : new Signalled(new Signal(signal), (status & 0x80) != 0);
    }

    /** The code as a shell gives it: the exit code, or 128 plus the signal's number. */
    default int code() {
        return switch (this) {
            case Exited exited -> exited.code();
            case Signalled signalled -> 128 + signalled.signal().number();
        };
    }

    default boolean success() {
        return code() == 0;
    }

    /** For a sentence: {@code exit code 1} or {@code signal SIGKILL}. */
    default String text() {
        return switch (this) {
            case Exited exited -> "exit code " + exited.code();
            case Signalled signalled -> "signal " + signalled.signal().name();
        };
    }
}
