package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.HostStream;
import io.jmigrate.runtime.linux.MountInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the checks look at.
 *
 * @param root pid of the container's first process
 * @param processes of the container
 * @param mounts all that the container sees
 * @param streams its standard streams that lead out of it
 * @param sockets reads the inodes of the sockets that its network namespace knows, and maybe other numbers
 * @param connections reads the inodes of the TCP connections in its network namespace
 * @param rulesNetwork whether a restored tree will have rights over its network namespace
 * @param handover whether the container goes to another node, away from whoever holds its terminal
 * @param dumper who is going to dump
 */
record ContainerView(
        int root,
        List<TreeProcess> processes,
        List<MountInfo> mounts,
        List<HostStream> streams,
        Supplier<Set<Long>> sockets,
        Supplier<Set<Long>> connections,
        boolean rulesNetwork,
        boolean handover,
        Dumper dumper) {
    ContainerView {
        processes = List.copyOf(processes);
        mounts = List.copyOf(mounts);
        streams = List.copyOf(streams);
        Objects.requireNonNull(sockets);
        Objects.requireNonNull(connections);
        Objects.requireNonNull(dumper);
    }

    /**
     * The rights and means of the process that dumps.
     *
     * @param userNamespace the inode of its own
     * @param freezerController whether it freezes the container by the freezer of version 1
     * @param mayReadLimits whether it has CAP_SYS_RESOURCE there, which prlimit(2) wants for a process of another user
     */
    record Dumper(long userNamespace, boolean freezerController, boolean mayReadLimits) {}

    Set<Integer> mountIds() {
        return mounts.stream().map(MountInfo::id).collect(Collectors.toSet());
    }

    Map<Integer, TreeProcess> byPid() {
        return processes.stream().collect(Collectors.toMap(TreeProcess::pid, Function.identity()));
    }
}
