package io.jmigrate.runtime.linux;

import java.util.Comparator;

/** What processes can have in common, if one was made with a flag of clone(2) for it. */
public enum SharedPart {
    MEMORY(1, "CLONE_VM"),
    /** Root and working directory, and the umask. */
    DIRECTORIES(3, "CLONE_FS"),
    SIGNAL_HANDLERS(4, "CLONE_SIGHAND");

    private final int number;
    private final String cloneFlag;

    SharedPart(int number, String cloneFlag) {
        this.number = number;
        this.cloneFlag = cloneFlag;
    }

    /** The flag's name. */
    public String cloneFlag() {
        return cloneFlag;
    }

    /** An order of pids in which those are the same that have this in common (kcmp(2)); one that can't be looked at has nothing. */
    public Comparator<Integer> order() {
        return (pid, other) -> {
            long result = SystemCall.KCMP.raw(pid, other, number, 0, 0);
            return pid.equals(other) || result == 0 ? 0 : result == 1 ? -1 : result == 2 ? 1 : pid.compareTo(other);
        };
    }
}
