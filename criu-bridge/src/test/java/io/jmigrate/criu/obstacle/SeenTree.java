package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.HostStream;
import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.criu.obstacle.ContainerView.Dumper;
import io.jmigrate.runtime.linux.DeviceNumber;
import io.jmigrate.runtime.linux.LinkedFile;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.network.TcpQueues;
import io.jmigrate.runtime.network.UnixSocket;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A container for checks, as it could have been found: like most, if nothing else is said. */
final class SeenTree {
    static final int ROOT = 40;
    /** A mount of the container's. */
    static final int INSIDE = 500;
    /** One that the container doesn't see. */
    static final int HOST = 27;

    static final long OWN = 1;
    static final long OTHER = 2;
    private static final int REGULAR = 0100644;
    private static final int SOCKET = 0140777;

    Dumper dumper = new Dumper(OWN, true, true);
    List<HostStream> streams = List.of();
    boolean rulesNetwork = true;
    String mountOptions = "ro,nosuid";
    /** In place of two that are like most, if there are any. */
    List<MountInfo> otherMounts = List.of();

    boolean handover;
    DumpAllowance allowance = DumpAllowance.NONE;
    /** Lines of {@code /proc/PID/net}, as the kernel writes them. */
    final Map<String, List<String>> tables = new HashMap<>();

    List<UnixSocket> unixSockets = List.of();
    TcpQueues queues = TcpQueues.NONE;
    /** The parents' pids of processes that are ending. */
    Map<Integer, Integer> ending = Map.of();

    List<String> found(TreeProcess... processes) {
        return new Examination(view(processes), List.of()).sentences();
    }

    ContainerView view(TreeProcess... processes) {
        List<MountInfo> mounts =
                otherMounts.isEmpty() ? List.of(mount("/", "rw,relatime"), mount("/data", mountOptions)) : otherMounts;
        Map<Integer, Integer> parents = new HashMap<>(ending);
        Stream.of(processes).forEach(process -> parents.put(process.pid(), process.parent()));
        NetworkSockets network = new NetworkSockets(
                table -> tables.getOrDefault(table, List.of()),
                () -> unixSockets.stream().collect(Collectors.toMap(UnixSocket::inode, socket -> socket)),
                () -> queues);
        return new ContainerView(
                ROOT,
                List.of(processes),
                parents,
                mounts,
                mounts.stream().map(MountInfo::id).collect(Collectors.toSet()),
                streams,
                network,
                UnixPeerChecks.of(List.of(processes), network),
                rulesNetwork,
                handover,
                dumper,
                allowance);
    }

    private static MountInfo mount(String point, String options) {
        return new MountInfo(INSIDE, 1, 254, 0, "/", point, options, List.of(), "ext4", "/dev/vda", "rw");
    }

    /** Of root, in the host's user namespace. */
    static TreeProcess process(int pid, int parent, String name, OpenFile... files) {
        return new TreeProcess(
                pid,
                name,
                parent,
                false,
                false,
                OptionalInt.empty(),
                Collections.nCopies(6, 0),
                namespaces(OWN),
                List.of(files),
                ProcessParts.NONE);
    }

    static Map<NamespaceKind, Long> namespaces(long user) {
        return Map.of(NamespaceKind.USER, user, NamespaceKind.PID, 7L);
    }

    static TreeProcess ofUser(int uid, TreeProcess process, long userNamespace) {
        return like(process, Collections.nCopies(6, uid), namespaces(userNamespace), process.parts());
    }

    static TreeProcess with(ProcessParts parts, TreeProcess process) {
        return like(process, process.ids(), process.namespaces(), parts);
    }

    private static TreeProcess like(
            TreeProcess process, List<Integer> ids, Map<NamespaceKind, Long> namespaces, ProcessParts parts) {
        return new TreeProcess(
                process.pid(),
                process.name(),
                process.parent(),
                process.stopped(),
                process.leaderEnded(),
                process.tracer(),
                ids,
                namespaces,
                process.files(),
                parts);
    }

    /** One whose sockets speak these protocols, one after the other, with descriptors from 3 and inodes from 303 on. */
    static TreeProcess speaking(int pid, String... protocols) {
        OpenFile[] sockets = Stream.iterate(3, number -> number + 1)
                .limit(protocols.length)
                .map(number -> socket(number, 300 + number))
                .toArray(OpenFile[]::new);
        Map<Integer, String> byNumber = Stream.of(sockets)
                .collect(Collectors.toMap(OpenFile::number, socket -> protocols[socket.number() - 3]));
        return with(
                new ProcessParts(byNumber, Map.of(), List.of(), List.of(), false),
                process(pid, pid == ROOT ? 1 : ROOT, "web", sockets));
    }

    static OpenFile file(int number, String target, int mount) {
        return new OpenFile(number, target, mount, 5, REGULAR, 25, 0, 0);
    }

    static OpenFile socket(int number, long inode) {
        return new OpenFile(number, "socket:[" + inode + "]", 9, inode, SOCKET, 8, 0, 02);
    }

    static LinkedFile regular(long names, long bytes, int mount) {
        return new LinkedFile(REGULAR, names, bytes, new DeviceNumber(0, 0), mount);
    }
}
