package io.jmigrate.criu.log;

import java.util.List;

/** Causes that lie in processes, and in the cgroups that they are in. */
final class ProcessCauses {
    private static final String CLOSE_IT = "let the program close it, or end that process";
    private static final String SAME_HOST = "restore on a host with the same processor and kernel features";
    private static final String TRY_AGAIN = "try again";

    static final List<KnownCause> ALL = List.of(
            KnownCause.of(
                    "Can't get rlimit \\d+: Operation not permitted",
                    "root may not read the limits of a process of another user: it lacks CAP_SYS_RESOURCE",
                    "give the container a user namespace of its own, or root that capability"),
            KnownCause.of(
                    "Can't restore pipe size: Operation not permitted",
                    "pipes of root, of other dumps too, hold more than fs.pipe-user-pages-soft lets a root without CAP_SYS_RESOURCE have",
                    "try again when other dumps are over, or raise that limit (sysctl)"),
            KnownCause.of(
                    "Unable to interrupt task: \\d+ \\(Operation not permitted\\)",
                    "a process is traced by a debugger already, or its first thread has ended and others go on",
                    "detach the debugger (gdb, strace) from the container's processes, or end such a process"),
            KnownCause.of(
                    "Unable to detach \\d+: No such process",
                    "a restored process was killed by another one before CRIU had let all of them go",
                    "delete the container and restore it again, with the files of its root filesystem as they were"),
            KnownCause.of(
                    "Timeout reached\\. Try to interrupt|Unseizable non-zombie",
                    "the processes could not be stopped in time",
                    "look for processes that wait for a disk or a network file system (state D), and try again"),
            KnownCause.of(
                    "Can't fork for \\d+: File exists",
                    "a process has a pid that the restored tree needs",
                    "end that process, or give the container a pid namespace of its own"),
            KnownCause.of(
                    "is not a session leader\\. Consider using --shell-job",
                    "the tree is the job of a shell, whose session is not part of it",
                    "start the job with setsid(1), or in a container"),
            KnownCause.of(
                    "A session leader of .*is outside of its pid namespace",
                    "the leader of a session has ended or is not part of the tree",
                    "start the program in a session of its own (setsid)"),
            KnownCause.of(
                    "Can't dump nested \\w+ namespace",
                    "a process of the container has made namespaces of its own in it",
                    "end what runs in the inner namespaces (an inner container, a sandbox)"),
            KnownCause.of(
                    "suspending seccomp failed: Operation not permitted",
                    "the filter of system calls of a process can't be read by one that has a filter itself",
                    "run jmigrate without a filter of system calls"),
            KnownCause.of(
                    "Can't make VM id", "two processes have the same memory, as between vfork and exec", TRY_AGAIN),
            KnownCause.of(
                    "SysVIPC shmem map \\S+ doesn't live in IPC ns",
                    "a process has System V shared memory in the host's IPC namespace",
                    "give the container an IPC namespace of its own"),
            KnownCause.of(
                    "pidfd pid \\d+ is not a part of process tree",
                    "a process holds a descriptor of a process outside (pidfd)",
                    CLOSE_IT),
            KnownCause.of(
                    "Abort restore of existing cgroups",
                    "the container's cgroup is there already, as the runtime has made it",
                    "choose another --manage-cgroups-mode than strict"),
            KnownCause.of(
                    "cg: \\s*(Cgroup dir|Can't mount controller dir)",
                    "a cgroup of the images can't be made here",
                    "restore on a host with the same version of cgroups"),
            KnownCause.of("Core march mismatch", "the images are of another architecture", SAME_HOST));

    private ProcessCauses() {}
}
