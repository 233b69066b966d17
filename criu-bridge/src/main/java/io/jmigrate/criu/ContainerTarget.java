package io.jmigrate.criu;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.obstacle.DumpAllowance;
import io.jmigrate.criu.obstacle.Obstacles;
import io.jmigrate.criu.stream.HostFiles;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.DepartureMark;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container to dump.
 *
 * @param record its record, in the state running or paused
 * @param config with which it was made
 * @param root its first process
 * @param cgroup its cgroups
 * @param networkLock of its network namespace, if the runtime has given it interfaces
 * @param connections CRIU's lock of those in a network that others use too
 * @param handover whether it goes to another node
 * @param apart places of mounts that are left out
 */
record ContainerTarget(
        ContainerRecord record,
        Config config,
        ProcessRef root,
        Cgroup cgroup,
        Optional<NetworkLock> networkLock,
        LeftConnectionLock connections,
        boolean handover,
        Set<String> apart)
        implements DumpTarget {
    /**
     * One that runs or, unless it goes to another node, where it would run, is paused: containerd pauses what it checkpoints.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE, GIVEN_AWAY, MEMORY_ARRIVING
     */
    static ContainerTarget of(Containers containers, ContainerId id) {
        return of(containers, id, false, Set.of());
    }

    /** @throws Failure as above */
    static ContainerTarget of(Containers containers, ContainerId id, boolean handover, Set<String> apart) {
        ContainerRecord record = containers.inspect(id);
        DepartureMark.refuse(containers.store(), record, "checkpoint");
        ArrivingMemory.refuse(containers, id, "checkpoint");
        ProcessRef root =
                switch (record.state()) {
                    case ContainerState.Running running -> running.process();
                    case ContainerState.Paused paused when !handover && paused.started() -> paused.process();
                    case ContainerState other ->
                        throw Failure.of(
                                RuntimeCode.WRONG_STATE,
                                "cannot checkpoint " + id.inSentence() + ": it is " + other.word());
                };
        return new ContainerTarget(
                record,
                containers.store().config(record),
                root,
                containers.cgroup(record),
                containers.network(record).flatMap(_ -> containers.networkLock(record)),
                new LeftConnectionLock(containers, record),
                handover,
                apart);
    }

    @Override
    public String inSentence() {
        return record.id().inSentence();
    }

    @Override
    public Optional<Path> rootfs() {
        return Optional.of(record.rootfs());
    }

    /** Files that go along to another node are compared there when they have arrived. */
    @Override
    public void describe(Path imageDirectory, DumpMapping mapping, List<FileEntry> files) {
        if (!handover) {
            DumpTarget.super.describe(imageDirectory, mapping, files);
            HostFiles.write(imageDirectory, root.pid(), mapping.hostFiles());
        }
    }

    boolean isPaused() {
        return record.state() instanceof ContainerState.Paused;
    }

    @Override
    public boolean moves() {
        return !isPaused();
    }

    @Override
    public String fate() {
        return isPaused() ? "it stays paused" : "it runs on";
    }

    @Override
    public Optional<Path> freezer() {
        CgroupPaths paths = record.cgroup();
        return paths.isUnified() ? paths.unified() : paths.ofController("freezer");
    }

    @Override
    public Standstill standstill(Path log) {
        return new ContainerStandstill(
                cgroup, isPaused(), ownLock(), AbandonedDump.of(cgroup, record), connections, log);
    }

    private Optional<NetworkLock> ownLock() {
        return handover ? networkLock : Optional.empty();
    }

    @Override
    public boolean isNetworkLockedByCriu() {
        return ownLock().isEmpty();
    }

    @Override
    public boolean tellsCgroups() {
        return !(handover && isInOwnCgroupsAlone());
    }

    /** CRIU would take of others, those that the host has not mounted, all cgroups there are, and a restore would make them anew. */
    @Override
    public List<String> hierarchies() {
        return record.cgroup().hierarchies();
    }

    /** How its mounts, namespaces and streams are dumped as it is now. */
    DumpMapping mapping() {
        return DumpMapping.of(record, config, root.pid()).without(apart);
    }

    @Override
    public View glance(DumpAllowance allowance) {
        DumpMapping mapping = mapping();
        return new View(mapping, Obstacles.examine(cgroup, mapping, root.pid(), handover, allowance));
    }

    /**
     * Whether all of it is in the container's own cgroups, and sees them as CRIU does: then the images need not tell where a restore
     * puts it.
     */
    private boolean isInOwnCgroupsAlone() {
        return !cgroup.hasChildren()
                && Namespaces.inode(root.pid(), NamespaceKind.CGROUP) == Namespaces.ownInode(NamespaceKind.CGROUP);
    }
}
