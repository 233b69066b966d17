package io.jmigrate.runtime.linux;

import java.nio.file.Path;

/** The namespaces that a process lives in (namespaces(7)). */
public final class Namespaces {
    private Namespaces() {}

    /** For example {@code /proc/42/ns/net}. */
    public static Path path(int pid, NamespaceKind kind) {
        return Path.of("/proc/" + pid + "/ns/" + kind.procName());
    }

    /** A descriptor that keeps the namespace alive. */
    public static Fd open(int pid, NamespaceKind kind) {
        return Descriptors.open(path(pid, kind));
    }

    /** The inode number that names the namespace, as in {@code net:[4026531840]}. */
    public static long inode(int pid, NamespaceKind kind) {
        String link = Descriptors.readlink(path(pid, kind));
        return Long.parseLong(link.substring(link.indexOf('[') + 1, link.length() - 1));
    }

    /** The inode number of this process's own namespace. */
    public static long ownInode(NamespaceKind kind) {
        return inode((int) ProcessHandle.current().pid(), kind);
    }
}
