package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.HostStream;
import io.jmigrate.runtime.linux.LinkedFile;
import io.jmigrate.runtime.linux.MountInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the checks look at.
 *
 * @param root pid of the container's first process
 * @param processes of the container
 * @param parents the parents' pids of these, and of others that have begun to end: as long as they give back their memory their children remain
 *     theirs
 * @param mounts all that the container sees
 * @param mountIds of these, and of those that processes see which have a mount namespace for themselves
 * @param streams its standard streams that lead out of it
 * @param network the sockets of its network namespace
 * @param unixPeers what the Unix sockets of the processes are connected with
 * @param rulesNetwork whether a restored tree will have rights over its network namespace
 * @param handover whether the container goes to another node, away from whoever holds its terminal
 * @param dumper who is going to dump
 * @param allowance what the dump may leave out or take along
 */
record ContainerView(
        int root,
        List<TreeProcess> processes,
        Map<Integer, Integer> parents,
        List<MountInfo> mounts,
        Set<Integer> mountIds,
        List<HostStream> streams,
        NetworkSockets network,
        UnixPeerChecks unixPeers,
        boolean rulesNetwork,
        boolean handover,
        Dumper dumper,
        DumpAllowance allowance) {
    private static final long MIB = 1 << 20;

    ContainerView {
        processes = List.copyOf(processes);
        parents = Map.copyOf(parents);
        mounts = List.copyOf(mounts);
        mountIds = Set.copyOf(mountIds);
        streams = List.copyOf(streams);
        Objects.requireNonNull(network);
        Objects.requireNonNull(unixPeers);
        Objects.requireNonNull(dumper);
        Objects.requireNonNull(allowance);
    }

    /**
     * The rights and means of the process that dumps.
     *
     * @param userNamespace the inode of its own
     * @param freezerController whether it freezes the container by the freezer of version 1
     * @param mayReadLimits whether it has CAP_SYS_RESOURCE there, which prlimit(2) wants for a process of another user
     */
    record Dumper(long userNamespace, boolean freezerController, boolean mayReadLimits) {}

    /** Whether it is in no mount that the container's processes see. */
    boolean isOutside(LinkedFile file) {
        return file.mountId() >= 0 && !mountIds.contains((int) file.mountId());
    }

    /** Whether it has no name any more, and more content than a dump takes along. */
    boolean isTooLarge(LinkedFile file) {
        return file.names() == 0 && file.bytesOnDisk() > allowance.deletedFileBytes();
    }

    /** How much that is, for the end of a sentence. */
    String limit() {
        return "and the dump takes along " + allowance.deletedFileBytes() / MIB + " MiB of one at most";
    }
}
