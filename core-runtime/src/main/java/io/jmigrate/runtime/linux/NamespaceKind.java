package io.jmigrate.runtime.linux;

/** The kinds of namespaces (namespaces(7)), with the flag of clone(2) and the name below {@code /proc/PID/ns}. */
public enum NamespaceKind {
    USER(0x10000000, "user"),
    PID(0x20000000, "pid"),
    NETWORK(0x40000000, "net"),
    MOUNT(0x00020000, "mnt"),
    IPC(0x08000000, "ipc"),
    UTS(0x04000000, "uts"),
    CGROUP(0x02000000, "cgroup"),
    TIME(0x00000080, "time");

    private final long cloneFlag;
    private final String procName;

    NamespaceKind(long cloneFlag, String procName) {
        this.cloneFlag = cloneFlag;
        this.procName = procName;
    }

    /** The {@code CLONE_NEW…} bit. */
    public long cloneFlag() {
        return cloneFlag;
    }

    /** The file name in {@code /proc/PID/ns}, for example {@code mnt}. */
    public String procName() {
        return procName;
    }
}
