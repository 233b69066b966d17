package io.jmigrate.criu;

import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.obstacle.Examination;
import io.jmigrate.criu.obstacle.Obstacles;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.network.NetworkLock;
import java.util.List;
import java.util.Optional;

/**
 * A container to dump.
 *
 * @param record its record, in the state running or paused
 * @param config with which it was made
 * @param root its first process
 * @param cgroup its cgroups
 * @param networkLock of its network namespace, if the runtime has given it interfaces
 * @param handover whether it goes to another node
 */
record DumpTarget(
        ContainerRecord record,
        Config config,
        ProcessRef root,
        Cgroup cgroup,
        Optional<NetworkLock> networkLock,
        boolean handover) {
    private static final int LOOKS = 10;

    /**
     * One that runs or, unless it goes to another node, where it would run, is paused: containerd pauses what it checkpoints.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE
     */
    static DumpTarget of(Containers containers, ContainerId id, boolean handover) {
        ContainerRecord record = containers.inspect(id);
        ProcessRef root =
                switch (record.state()) {
                    case ContainerState.Running running -> running.process();
                    case ContainerState.Paused paused when !handover && paused.started() -> paused.process();
                    case ContainerState other ->
                        throw Failure.of(
                                RuntimeCode.WRONG_STATE,
                                "cannot checkpoint " + id.inSentence() + ": it is " + other.word());
                };
        return new DumpTarget(
                record,
                containers.store().config(record),
                root,
                containers.cgroup(record),
                containers.network(record).flatMap(_ -> containers.networkLock(record)),
                handover);
    }

    /** As a job of a shell, which got its session from that. */
    boolean rootLeadsNoSession() {
        return ProcStat.read(root.pid())
                .filter(stat -> stat.session() != root.pid())
                .isPresent();
    }

    boolean isPaused() {
        return record.state() instanceof ContainerState.Paused;
    }

    /** What becomes of it if the dump fails, for sentences. */
    String fate() {
        return isPaused() ? "it stays paused" : "it runs on";
    }

    /** What a CRIU that is killed leaves in it. */
    AbandonedDump abandonedDump() {
        return AbandonedDump.of(cgroup, record);
    }

    /**
     * What is seen of it at a moment.
     *
     * @param mapping for a dump
     * @param examination what is in it
     */
    record View(DumpMapping mapping, Examination examination) {
        /** What is in it that can't be dumped, a sentence each. */
        List<String> obstacles() {
            return examination.sentences();
        }
    }

    /**
     * Looks at it as it is, and, while it runs, again at what seems an obstacle: a shell that redirects a builtin command (echo, say) puts a file in
     * the place of its own standard output for that moment.
     */
    View look() {
        View view = glance();
        for (int looks = 1; looks < LOOKS && !isPaused() && !view.obstacles().isEmpty(); looks++) {
            view = glance();
        }
        return view;
    }

    private View glance() {
        DumpMapping mapping = DumpMapping.of(record, config, root.pid());
        return new View(mapping, Obstacles.examine(cgroup, mapping, root.pid(), handover));
    }

    /**
     * Whether all of it is in the container's own cgroups, and sees them as CRIU does: then the images need not tell where a restore
     * puts it.
     */
    boolean isInOwnCgroupsAlone() {
        return !cgroup.hasChildren()
                && Namespaces.inode(root.pid(), NamespaceKind.CGROUP) == Namespaces.ownInode(NamespaceKind.CGROUP);
    }
}
