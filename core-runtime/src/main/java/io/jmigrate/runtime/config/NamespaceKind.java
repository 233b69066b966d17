package io.jmigrate.runtime.config;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of namespaces that this runtime makes and joins (namespaces(7)). */
public enum NamespaceKind {
    USER("user", "user"),
    CGROUP("cgroup", "cgroup"),
    IPC("ipc", "ipc"),
    UTS("uts", "uts"),
    NETWORK("network", "net"),
    PID("pid", "pid"),
    MOUNT("mount", "mnt");

    private final String ociName;
    private final String procName;

    NamespaceKind(String ociName, String procName) {
        this.ociName = ociName;
        this.procName = procName;
    }

    /** The name in {@code linux.namespaces[].type}. */
    public String ociName() {
        return ociName;
    }

    /** The name in /proc/PID/ns. */
    public String procName() {
        return procName;
    }

    public static Optional<NamespaceKind> named(String ociName) {
        return Arrays.stream(values())
                .filter(kind -> kind.ociName.equals(ociName))
                .findFirst();
    }
}
