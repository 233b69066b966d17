package io.jmigrate.runtime.seccomp;

/**
 * An action with its data.
 *
 * @param errno 0 to 65535; 0 for an action that takes none
 */
public record Verdict(SeccompAction action, int errno) {
    /** What a call fails with unless the config says otherwise. */
    public static final int EPERM = 1;

    /** As the kernel and libseccomp encode it. */
    public int bits() {
        return action.bits() | errno;
    }

    /** Whether a call that nobody has thought of yet goes through, if only to a tracer or a log. */
    boolean isPermissive() {
        return switch (action) {
            case ALLOW, LOG, TRACE -> true;
            case KILL_PROCESS, KILL_THREAD, TRAP, ERRNO, NOTIFY -> false;
        };
    }
}
