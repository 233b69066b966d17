package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import java.util.List;
import java.util.Objects;

/**
 * A process of a container as it was found.
 *
 * @param pid on the host
 * @param name of its program, as the kernel has it
 * @param parent pid of the parent on the host
 * @param ids real, effective and saved uid, and the same of the gid
 * @param stopped by a signal
 * @param userNamespace its inode
 * @param files what it has open, by descriptor
 */
record TreeProcess(
        int pid,
        String name,
        int parent,
        boolean stopped,
        List<Integer> ids,
        long userNamespace,
        List<OpenFile> files) {
    TreeProcess {
        Objects.requireNonNull(name);
        ids = List.copyOf(ids);
        files = List.copyOf(files);
    }

    String inSentence() {
        return "process " + pid + " (" + name + ")";
    }
}
