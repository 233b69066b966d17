package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.HostStream;
import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.linux.LinkedFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of open files. */
final class FileChecks {
    static final String ANONYMOUS = "anon_inode:";

    /** Those that CRIU has a way for (criu/files.c, dump_one_file); the others by a name that people know. */
    private static final Set<String> DUMPED =
            Set.of("eventfd", "eventpoll", "inotify", "fanotify", "signalfd", "timerfd", "pidfd", "bpf-map");

    private static final Map<String, String> KNOWN = Map.of(
            "io_uring", "an io_uring",
            "userfaultfd", "a userfaultfd",
            "perf_event", "a performance counter",
            "bpf-prog", "a BPF program",
            "kvm-vm", "a virtual machine",
            "kvm-vcpu:0", "a virtual machine");

    private static final List<String> GPUS = List.of("/dev/nvidia", "/dev/dri/", "/dev/kfd");
    /** Files without a name that belong to no mount and that CRIU dumps with their content. */
    private static final List<String> NAMELESS = List.of("/memfd:", "/dev/zero (deleted)", "/anon_hugepage");

    private static final String TERMINALS = "/dev/pts/";

    private static final List<String> STREAMS = List.of("standard input", "standard output", "standard error");

    private FileChecks() {}

    /** What the kernel keeps for a process and CRIU can't make anew. */
    static Stream<String> kernelObjects(ContainerView view) {
        return ofEachFile(view, (process, file) -> object(file)
                .map(what -> process.inSentence() + " holds " + what + " (descriptor " + file.number() + ")"));
    }

    private static Optional<String> object(OpenFile file) {
        String target = file.target();
        if (GPUS.stream().anyMatch(target::startsWith)) {
            return Optional.of("the GPU " + target);
        }
        if (file.keepsPackets()) {
            return Optional.of("a pipe that keeps the bounds of packets (O_DIRECT)");
        }
        return target.startsWith(ANONYMOUS)
                ? Optional.of(title(target)).filter(_ -> !DUMPED.contains(kind(target)))
                : DeviceChecks.undumpable(file);
    }

    private static String kind(String target) {
        return target.substring(ANONYMOUS.length()).replaceAll("[\\[\\]]", "");
    }

    /** What the target of a link is, in a few words. */
    static String title(String target) {
        return target.startsWith(ANONYMOUS)
                ? KNOWN.getOrDefault(kind(target), "a kernel object of kind " + kind(target))
                : "the device " + target;
    }

    /** A file of the host is replaced at a restore only if it is a standard stream. */
    static Stream<String> hostFiles(ContainerView view) {
        Set<String> streams = view.streams().stream().map(HostStream::key).collect(Collectors.toSet());
        Set<Integer> mounts = view.mountIds();
        return ofEachFile(view, (process, file) -> Optional.of(file)
                .filter(f -> f.target().startsWith("/"))
                .filter(f -> !isNameless(f) && !StateChecks.isQueue(f, view.mounts()))
                .filter(f -> GPUS.stream().noneMatch(f.target()::startsWith))
                .filter(f -> f.leadsOut(mounts)
                        && f.hostKey(mounts).filter(streams::contains).isEmpty())
                .map(_ -> process.inSentence() + " holds " + file.target() + " of the host (descriptor " + file.number()
                        + ")"));
    }

    /** What a process is on, or runs, and no mount of the container shows. */
    static Stream<String> hostPlaces(ContainerView view) {
        return view.processes().stream().flatMap(process -> process.parts().places().stream()
                .filter(place -> view.isOutside(place.file()))
                .map(place -> "the " + place.title() + " of " + process.inSentence() + ", " + place.target()
                        + ", is none of the container's"));
    }

    /** A file without a name has to be in the images with its content. */
    static Stream<String> largeDeleted(ContainerView view) {
        Set<Long> seen = new HashSet<>();
        return ofEachFile(view, (process, file) -> Optional.ofNullable(
                        process.parts().deleted().get(file.number()))
                .filter(view::isTooLarge)
                .filter(_ -> seen.add(file.inode()))
                .map(found -> process.inSentence() + " holds " + sized(file.target(), found) + " (descriptor "
                        + file.number() + "), " + view.limit()));
    }

    /** A file that has lost its name, with its size. */
    static String sized(String target, LinkedFile file) {
        return target + " of " + (file.bytesOnDisk() >> 20) + " MiB";
    }

    /** A socket whose other end is on the host, such as a journal's. */
    static Stream<String> streamSockets(ContainerView view) {
        return view.processes().stream()
                .filter(process -> process.pid() == view.root())
                .flatMap(process -> process.files().stream())
                .filter(file -> file.number() < STREAMS.size() && file.isSocket())
                .filter(file -> !view.network().numbers().contains(file.inode()))
                .map(file -> "its " + STREAMS.get(file.number()) + " is a socket of the host");
    }

    /** A terminal of the container, whose master the runtime has handed to somebody on this host. */
    static Stream<String> terminal(ContainerView view) {
        return view.handover()
                ? ownTerminal(view)
                        .map(file -> "it has a terminal of its own, " + file.target()
                                + ", whose other end stays on this host")
                : Stream.empty();
    }

    /** The terminal that is a standard stream of the first process, if it is the container's own. */
    static Stream<OpenFile> ownTerminal(ContainerView view) {
        Set<Integer> mounts = view.mountIds();
        return view.processes().stream()
                .filter(process -> process.pid() == view.root())
                .flatMap(process -> process.files().stream())
                .filter(file -> file.number() < STREAMS.size() && file.target().startsWith(TERMINALS))
                .filter(file -> file.hostKey(mounts).isEmpty())
                .limit(1);
    }

    /** Whether it belongs to no mount, and is dumped with its content. */
    static boolean isNameless(OpenFile file) {
        return isNameless(file.target());
    }

    /** The same of a file by the target of a link. */
    static boolean isNameless(String target) {
        return NAMELESS.stream().anyMatch(target::startsWith);
    }

    /** A restored process puts its connections together again, which the kernel lets only those do who rule their network. */
    static Stream<String> connections(ContainerView view) {
        if (view.rulesNetwork()) {
            return Stream.empty();
        }
        Set<Long> connections = view.network().connections();
        return ofEachFile(view, (process, file) -> Optional.of(file)
                .filter(f -> f.isSocket() && connections.contains(f.inode()))
                .map(_ -> process.inSentence() + " holds a TCP connection (descriptor " + file.number()
                        + "), which can't be restored in a user namespace with a network namespace from outside"));
    }

    private interface FileCheck {
        Optional<String> judge(TreeProcess process, OpenFile file);
    }

    private static Stream<String> ofEachFile(ContainerView view, FileCheck check) {
        return view.processes().stream()
                .flatMap(process -> process.files().stream().map(file -> check.judge(process, file)))
                .flatMap(Optional::stream);
    }
}
