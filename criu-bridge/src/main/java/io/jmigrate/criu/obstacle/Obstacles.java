package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.obstacle.ContainerView.Dumper;
import io.jmigrate.criu.obstacle.Obstacle.Kind;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcStat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks for all that would make a dump fail, or would be missing from it. */
public final class Obstacles {
    /** One check, which tells of each thing that it finds. */
    private record Check(Kind kind, Function<ContainerView, Stream<String>> look) {}

    private static final List<Check> CHECKS = List.of(
            new Check(Kind.FOREIGN_PROCESS, TreeChecks::descent),
            new Check(Kind.OTHER_USER, TreeChecks::limits),
            new Check(Kind.STOPPED_PROCESS, TreeChecks::stopped),
            new Check(Kind.TRACED_PROCESS, TreeChecks::traced),
            new Check(Kind.LEADER_ENDED, TreeChecks::leaders),
            new Check(Kind.NESTED_NAMESPACE, NamespaceChecks::nested),
            new Check(Kind.MOUNT_OPTION, MountChecks::lostOptions),
            new Check(Kind.KERNEL_OBJECT, FileChecks::kernelObjects),
            new Check(Kind.KERNEL_OBJECT, MappingChecks::objects),
            new Check(Kind.KERNEL_OBJECT, StateChecks::found),
            new Check(Kind.KERNEL_OBJECT, ProtectionKeys::found),
            new Check(Kind.LARGE_FILE, FileChecks::largeDeleted),
            new Check(Kind.LARGE_FILE, MappingChecks::largeDeleted),
            new Check(Kind.HOST_FILE, FileChecks::hostFiles),
            new Check(Kind.HOST_FILE, FileChecks::hostPlaces),
            new Check(Kind.HOST_FILE, MappingChecks::hostFiles),
            new Check(Kind.COVERED_FILE, CoveredMounts::files),
            new Check(Kind.HOST_SOCKET, FileChecks::streamSockets),
            new Check(Kind.UNKNOWN_SOCKET, SocketChecks::unknown),
            new Check(Kind.UNACCEPTED, SocketChecks::unaccepted),
            new Check(Kind.UNACCEPTED, SocketChecks::unconfirmed),
            new Check(Kind.UNACCEPTED, SocketChecks::unread),
            new Check(Kind.UNACCEPTED, view -> view.unixPeers().unaccepted()),
            new Check(Kind.OUTER_PEER, view -> view.unixPeers().outside()),
            new Check(Kind.TERMINAL, FileChecks::terminal),
            new Check(Kind.CONNECTION, FileChecks::connections));

    private Obstacles() {}

    /**
     * Looks at a container that runs or is paused.
     *
     * @param cgroup that of the container
     * @param mapping as it is dumped
     * @param root pid of its first process
     * @param handover whether it goes to another node
     * @param allowance what the dump may leave out or take along
     */
    public static Examination examine(
            Cgroup cgroup, DumpMapping mapping, int root, boolean handover, DumpAllowance allowance) {
        Dumper dumper = dumper(cgroup.paths().ofController("freezer").isPresent());
        ContainerView view = view(root, cgroup.processes(), mapping, handover, dumper, allowance);
        return new Examination(view, SharedChecks.among(view.processes()));
    }

    /**
     * Looks at a job that runs.
     *
     * @param members who belongs to it
     * @param mapping as it is dumped
     * @param root pid of its first process
     * @param allowance what the dump may leave out or take along
     */
    public static Examination examineJob(Job.Members members, DumpMapping mapping, int root, DumpAllowance allowance) {
        ContainerView view = view(root, members.pids(), mapping, false, dumper(false), allowance);
        List<Obstacle> others = new ArrayList<>(TreeChecks.strays(read(members.strays())));
        others.addAll(SharedChecks.among(view.processes()));
        return new Examination(view, others);
    }

    private static ContainerView view(
            int root,
            Collection<Integer> pids,
            DumpMapping mapping,
            boolean handover,
            Dumper dumper,
            DumpAllowance allowance) {
        Map<Integer, Integer> parents = parents(pids);
        List<TreeProcess> processes = read(pids);
        processes.forEach(process -> parents.put(process.pid(), process.parent()));
        List<MountInfo> mounts = MountInfo.ofProcess(root);
        NetworkSockets network = NetworkSockets.of(root);
        return new ContainerView(
                root,
                processes,
                parents,
                mounts,
                NamespaceChecks.mountIds(mounts, root, processes),
                mapping.streams(),
                network,
                UnixPeerChecks.of(processes, network),
                mapping.rulesNetwork(),
                handover,
                dumper,
                allowance);
    }

    private static Map<Integer, Integer> parents(Collection<Integer> pids) {
        Map<Integer, Integer> parents = new HashMap<>();
        pids.forEach(pid -> ProcStat.read(pid).ifPresent(stat -> parents.put(pid, stat.parent())));
        return parents;
    }

    private static List<TreeProcess> read(Collection<Integer> pids) {
        MappingReader mappings = new MappingReader();
        return pids.stream()
                .flatMap(pid -> ProcessReader.read(pid, mappings).stream())
                .toList();
    }

    private static Dumper dumper(boolean freezerController) {
        return new Dumper(
                Namespaces.ownInode(NamespaceKind.USER),
                freezerController,
                ProcessReader.ownCapability(Capability.CAP_SYS_RESOURCE));
    }

    static List<Obstacle> in(ContainerView view) {
        return CHECKS.stream()
                .flatMap(check -> check.look().apply(view).map(sentence -> new Obstacle(check.kind(), sentence)))
                .toList();
    }
}
