package io.jmigrate.criu.log;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The causes of failures that are known from logs and from CRIU's source, of dumps and of restores. */
final class KnownCauses {
    private static final String OTHER_CRIU = "install a newer CRIU, or name one: --criu FILE";
    private static final String SAME_FILES = "give the root filesystem as it was at the checkpoint";
    private static final String CLOSE_IT = "let the program close it, or end that process";
    private static final String SAME_HOST = "restore on a host with the same processor and kernel features";

    private static final List<KnownCause> PROCESSES = List.of(
            KnownCause.of(
                    "Can't get rlimit \\d+: Operation not permitted",
                    "root may not read the limits of a process of another user: it lacks CAP_SYS_RESOURCE",
                    "give the container a user namespace of its own, or root that capability"),
            KnownCause.of(
                    "Unable to interrupt task: \\d+ \\(Operation not permitted\\)",
                    "a process is traced by a debugger already",
                    "detach the debugger (gdb, strace) from the container's processes"),
            KnownCause.of(
                    "Unable to detach \\d+: No such process",
                    "a restored process was killed by another one before CRIU had let all of them go",
                    "delete the container and restore it again, with the files of its root filesystem as they were"),
            KnownCause.of(
                    "Unable to freeze cgroup|Timeout reached\\. Try to interrupt",
                    "the processes could not be stopped in time",
                    "look for processes that wait for a disk or a network file system (state D), and try again"),
            KnownCause.of(
                    "Can't fork for \\d+: File exists|Pid \\d+ do not match expected|pid_t \\d+ is already",
                    "a process has a pid that the restored tree needs",
                    "end that process, or give the container a pid namespace of its own"),
            KnownCause.of(
                    "is not a session leader\\. Consider using --shell-job|attached to shell terminal",
                    "the tree is the job of a shell, whose session is not part of it",
                    "start the job with setsid(1), or in a container"),
            KnownCause.of(
                    "A session leader of .*is outside of its pid namespace|Can't find a session leader for",
                    "the leader of a session has ended or is not part of the tree",
                    "start the program in a session of its own (setsid)"),
            KnownCause.of(
                    "Individually stopped threads not supported",
                    "a single thread of a process is stopped",
                    "let the thread go on first"),
            KnownCause.of(
                    "Zombies with threads|Zombie thread",
                    "the first thread of a process has ended and others go on",
                    "end that process: CRIU can't dump it"),
            KnownCause.of(
                    "Can't dump nested \\w+ namespace",
                    "a process of the container has made namespaces of its own in it",
                    "end what runs in the inner namespaces (an inner container, a sandbox)"),
            KnownCause.of(
                    "seccomp filters not supported|seccomp: Can't",
                    "the kernel does not let system call filters be read",
                    "use a kernel with CONFIG_CHECKPOINT_RESTORE, or run the container without a filter"),
            KnownCause.of(
                    "Abort restore of existing cgroups",
                    "the container's cgroup is there already, as the runtime has made it",
                    "choose another --manage-cgroups-mode than strict"),
            KnownCause.of("Core march mismatch", "the images are of another architecture", SAME_HOST));

    private static final List<KnownCause> FILES = List.of(
            KnownCause.of(
                    "Can't lookup mount=-?\\d+ for fd=-?\\d+ path=\\S+",
                    "a process holds a file that no mount of the container shows",
                    CLOSE_IT),
            KnownCause.of(
                    "Can't dump file \\d+ of that type",
                    "a process holds a file of a kind that CRIU can't dump",
                    CLOSE_IT),
            KnownCause.of(
                    "Can't dump ghost file \\S+ of \\d+ size, increase limit",
                    "a deleted file that is open is larger than 256 MiB",
                    CLOSE_IT),
            KnownCause.of(
                    "Can't create link remap for",
                    "an open file has lost its name, and none can be made for it in its directory",
                    "make the root filesystem writable for the checkpoint"),
            KnownCause.of(
                    "Can't link \\S*link_remap\\.\\d+ -> ",
                    "an open file had lost the name of its opening, and the one that CRIU had given it is gone: it is there for the first"
                            + " restore alone, and not after a checkpoint that let the tree go on",
                    "restore once, from a checkpoint that ended the tree; or have the program keep the name of the file"),
            KnownCause.of("Some file locks are hold by dumping tasks", "a process holds a lock on a file", CLOSE_IT),
            KnownCause.of(
                    "File \\S+ has bad (size|mode)",
                    "a file that was open has changed since the checkpoint",
                    SAME_FILES),
            KnownCause.of(
                    "Can't open file \\S+ on restore|Can't open \\S+: No such file",
                    "a file that was open is missing",
                    SAME_FILES),
            KnownCause.of(
                    "Open files on overmounted mounts|is overmounted",
                    "a process holds a file below a mount that another one covers",
                    CLOSE_IT),
            KnownCause.of(
                    "fsnotify: Can't find (suitable path|mount)",
                    "a file that a process watches (inotify) can't be found by a path",
                    "let the program end its watch, or watch a file on another filesystem"),
            KnownCause.of(
                    "fd \\d+ already in use|Too big FD number",
                    "the limit of open files is lower here than at the checkpoint",
                    "raise RLIMIT_NOFILE where jmigrate runs"),
            KnownCause.of(
                    "tty: Found dangling tty",
                    "a process has a terminal whose other end is not part of the tree",
                    CLOSE_IT),
            KnownCause.of("The packetized mode for pipes", "a pipe keeps the bounds of packets (O_DIRECT)", CLOSE_IT),
            KnownCause.of(
                    "UFFD is not supported|uffd: Unable to open an userfaultfd",
                    "the kernel gives no userfaultfd",
                    "set the sysctl vm.unprivileged_userfaultfd, or use a kernel that has it"));

    private static final List<KnownCause> SOCKETS = List.of(
            KnownCause.of(
                    "Can't get 1:16 opt: Operation not supported",
                    "this CRIU is too old for the sockets of this kernel",
                    OTHER_CRIU),
            KnownCause.of(
                    "In-flight connection",
                    "a client has connected, and no process has accepted it yet",
                    "try again, or leave such connections out: --tcp-skip-in-flight"),
            KnownCause.of(
                    "Connected TCP socket, consider using",
                    "a process has an open TCP connection",
                    "keep or close connections at the restore as at the checkpoint: --tcp-close"),
            KnownCause.of(
                    "Can't dump half of stream unix connection|External socket (is used|found)",
                    "a process is connected to a Unix socket outside the container",
                    "end that connection, such as one to a log daemon or a bus"),
            KnownCause.of(
                    "Unix socket \\d+ without peer",
                    "a process is connected to a Unix socket of another network namespace",
                    "end that connection, such as one to a log daemon or a bus of the host"),
            KnownCause.of(
                    "unix: Can't connect \\d+ socket",
                    "a Unix socket outside, to which a restored process sends datagrams, is not there",
                    "start what listens there, such as a log daemon"),
            KnownCause.of(
                    "Can't bind inet socket.*Cannot assign requested address|Can't connect inet socket back.*(Cannot"
                            + " assign|unreachable)",
                    "an address of a socket does not exist here",
                    "give the container's network the addresses that it had"),
            KnownCause.of(
                    "Can't bind inet socket.*Address already in use",
                    "somebody else listens on a port of the container",
                    "end that program, or give the container a network namespace of its own"),
            KnownCause.of(
                    "inet: Unsupported|Unsupported socket (family|type)|unix: Unsupported type",
                    "a socket is of a family that CRIU can't dump",
                    CLOSE_IT),
            KnownCause.of(
                    "skqueue: Control messages in queue",
                    "descriptors are on their way through a Unix socket, and nobody has received them yet",
                    "try again"),
            KnownCause.of(
                    "[Nn]ftables based locking|iptables.*failed|Running ip6?tables",
                    "the container's network can't be locked: neither nftables nor iptables work here",
                    "install nftables, or load the kernel's module nf_tables"),
            KnownCause.of(
                    "net: Unsupported link",
                    "a network device is of a kind that CRIU can't make",
                    "give the container's network devices by its config instead"));

    private static final List<KnownCause> HOST = List.of(
            KnownCause.of("Unexpected rt vDSO area bounds", "this CRIU is too old for this kernel", OTHER_CRIU),
            KnownCause.of(
                    "cpu: (FPU|CPU) (feature|xfeatures|xsave|instruction|capabilities)",
                    "the processor lacks what the program was started with",
                    SAME_HOST),
            KnownCause.of(
                    "vDSO isn't provided by kernel|Can't find (rt )?vDSO",
                    "the kernel has no vDSO as the images want it",
                    SAME_HOST),
            KnownCause.of(
                    "unreachable sharing",
                    "a mount shares its events with one that is outside of the container",
                    "mount it private: the option rprivate"),
            KnownCause.of(
                    "mnt: No mapping for|mnt: FS mnt .* unsupported id",
                    "a mount of the container is known neither to its config nor to CRIU",
                    "unmount what was mounted while the container ran, or add it to config.json"),
            KnownCause.of(
                    "mnt(-v2)?: Can't (re-|bind-)?mount at",
                    "a filesystem of the container can't be mounted",
                    "see that what config.json mounts is there"),
            KnownCause.of(
                    "LSM specified but|mismatched lsm types|lsm: ",
                    "the images have a security label that this kernel does not use",
                    "restore on a host with the same security module"),
            KnownCause.of(
                    "cg: (CG paths mismatch|Cgroup dir|Failed|Unable)",
                    "a cgroup of the images can't be made here",
                    "restore on a host with the same version of cgroups"),
            KnownCause.of(
                    "Not supported images version|Too old image|Images corrupted or too old",
                    "the images were written by a CRIU that this one does not understand",
                    OTHER_CRIU),
            KnownCause.of(
                    "[Mm]agic doesn't match|Unexpected EOF",
                    "an image is damaged or cut off",
                    "copy the images again, or make a new checkpoint"),
            KnownCause.of(
                    "Cannot allocate memory|Can't allocate",
                    "there is not enough memory, or the container's limit is lower than at the checkpoint",
                    "make room, or raise the memory limit in config.json"));

    private KnownCauses() {}

    static Stream<KnownCause> all() {
        return Stream.of(PROCESSES, FILES, SOCKETS, HOST).flatMap(List::stream);
    }

    /** What the line tells; empty if it is none of those that are known. */
    static Optional<KnownCause> of(String line) {
        return all().filter(cause -> cause.isToldBy(line)).findFirst();
    }
}
