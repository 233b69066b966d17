package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A process of a container as it was found.
 *
 * @param pid on the host
 * @param name of its program, as the kernel has it
 * @param parent pid of the parent on the host
 * @param ids real, effective and saved uid, and the same of the gid
 * @param stopped by a signal
 * @param leaderEnded whether its first thread has ended while others go on
 * @param tracer pid of the process that traces it (ptrace(2))
 * @param namespaces that it is in, those of the kinds of which a dump knows one for each tree, by inode
 * @param files what it has open, by descriptor
 * @param parts what it has to do with files and sockets besides
 */
record TreeProcess(
        int pid,
        String name,
        int parent,
        boolean stopped,
        boolean leaderEnded,
        OptionalInt tracer,
        List<Integer> ids,
        Map<NamespaceKind, Long> namespaces,
        List<OpenFile> files,
        ProcessParts parts) {
    TreeProcess {
        Objects.requireNonNull(name);
        Objects.requireNonNull(tracer);
        ids = List.copyOf(ids);
        namespaces = Map.copyOf(namespaces);
        files = List.copyOf(files);
        Objects.requireNonNull(parts);
    }

    /** Not in any if it ends just now: the kernel has taken its namespaces away then. @param user inode of a user namespace */
    boolean isIn(long user) {
        return Long.valueOf(user).equals(namespaces.get(NamespaceKind.USER));
    }

    String inSentence() {
        return "process " + pid + " (" + name + ")";
    }
}
