package io.jmigrate.doctor;

import io.jmigrate.criu.feature.CriuFeatures;
import io.jmigrate.doctor.HostFacts.Kernel;
import io.jmigrate.doctor.HostFacts.Room;
import io.jmigrate.pages.track.TrackerChoice;
import io.jmigrate.pages.track.TrackingFacts;
import io.jmigrate.runtime.linux.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the facts of a host mean for checkpoints and restores. */
public final class HostFindings {
    private static final long MIB = 1L << 20;
    /** Images of the smallest container take about one; with less than this a real one does not fit. */
    private static final long ROOM_BYTES_MIN = 256 * MIB;

    /** As large as CRIU makes them (criu/include/page-pipe.h, PIPE_MAX_SIZE, as the kernel rounds it). */
    private static final long PIPE_BYTES = 4 * MIB;

    private static final String TRIED_MACHINE = "amd64";

    private static final List<Function<HostFacts, Stream<Finding>>> SUBJECTS = List.of(
            HostFindings::user,
            HostFindings::criu,
            HostFindings::machine,
            HostFindings::kernel,
            HostFindings::tracker,
            HostFindings::cgroups,
            HostFindings::capabilities,
            HostFindings::programs,
            HostFindings::rooms,
            HostFindings::runDirectory,
            HostFindings::pipes,
            HostFindings::tls,
            HostFindings::companions);

    private HostFindings() {}

    /** One finding or more on each subject, in an order that does not change. */
    public static List<Finding> of(HostFacts host) {
        return SUBJECTS.stream().flatMap(subject -> subject.apply(host)).toList();
    }

    private static Stream<Finding> user(HostFacts host) {
        return Stream.of(
                host.user().isRoot()
                        ? Finding.ok("user", "it is root")
                        : Finding.problem(
                                "user",
                                "only root may have CRIU dump and restore processes, and this is user "
                                        + host.user().uid(),
                                "run jmigrate as root"));
    }

    private static Stream<Finding> criu(HostFacts host) {
        return switch (host.criu()) {
            case CriuFacts.Unusable(String reason) ->
                Stream.of(Finding.problem("CRIU", reason, "install CRIU 4.2 or newer, or name it: --criu FILE"));
            case CriuFacts.Usable usable ->
                Stream.concat(
                        Stream.of(Finding.ok("CRIU", "version " + usable.version() + " at " + usable.program())),
                        features(usable.features()));
        };
    }

    private static Stream<Finding> features(Optional<CriuFeatures> answer) {
        return answer.map(features -> Stream.of(
                        features.dirtyTracking()
                                ? Finding.ok(
                                        "dirty tracking", "the kernel marks pages that are written to (soft-dirty)")
                                : Finding.note(
                                        "dirty tracking",
                                        "the kernel does not mark pages that are written to (soft-dirty): CRIU makes no"
                                                + " dumps of changes alone; jmigrate does not need that"),
                        features.lazyPages()
                                ? Finding.ok("lazy pages", "a restored process can get its memory when it needs it")
                                : Finding.note(
                                        "lazy pages",
                                        "a restored process can't get its memory later, when it needs it")))
                .orElseGet(() -> Stream.of(Finding.note(
                        "features", "CRIU did not tell what this kernel can do for it", "run: criu check --all")));
    }

    private static Stream<Finding> machine(HostFacts host) {
        return Stream.of(
                host.machine().equals(TRIED_MACHINE)
                        ? Finding.ok("architecture", host.machine())
                        : Finding.note("architecture", host.machine() + ": jmigrate was tried on x86-64 alone"));
    }

    private static Stream<Finding> kernel(HostFacts host) {
        Kernel kernel = host.kernel();
        return Stream.of(
                Finding.ok("kernel", "Linux " + kernel.release()),
                present("userfaultfd", kernel.userfaultfd(), "memory can't be restored lazily"),
                present("PAGEMAP_SCAN", kernel.pagemapScan(), "CRIU takes longer to find the pages that are in use"),
                present("time namespaces", kernel.timeNamespaces(), "containers can't have clocks of their own"),
                nftables(kernel.nftables()));
    }

    private static Stream<Finding> tracker(HostFacts host) {
        Kernel kernel = host.kernel();
        TrackerChoice choice = TrackerChoice.of(
                Optional.empty(), new TrackingFacts(host.machine(), kernel.writesNoted(), kernel.pagemapScan()));
        return Stream.of(choice.shortfall()
                .map(lack -> Finding.note(
                        "tracker",
                        choice.kind().word() + ": memory is read and compared to find what a process has written, as "
                                + lack))
                .orElseGet(() -> Finding.ok(
                        "tracker", choice.kind().word() + ": the kernel notes what a process writes to its memory")));
    }

    private static Finding present(String name, boolean there, String lack) {
        return there
                ? Finding.ok(name, "the kernel has it")
                : Finding.note(name, "the kernel does not offer it: " + lack);
    }

    private static Finding nftables(Optional<Boolean> there) {
        return there.map(found -> found
                        ? Finding.ok("nftables", "the kernel has it")
                        : Finding.problem(
                                "nftables",
                                "the kernel does not have it: connections can't be kept still while a container is dumped",
                                "load the module nf_tables, or boot a kernel that has it"))
                .orElseGet(() -> Finding.note("nftables", "the kernel could not be asked for it"));
    }

    private static Stream<Finding> cgroups(HostFacts host) {
        String name = "cgroups";
        return Stream.of(
                switch (host.cgroups()) {
                    case V2 -> Finding.ok(name, "version 2 alone");
                    case V1 -> Finding.note(name, "version 1: " + firstVersion());
                    case HYBRID -> Finding.note(name, "version 1 with version 2 beside it (hybrid): " + firstVersion());
                    case NONE ->
                        Finding.problem(
                                name,
                                "no hierarchy is mounted, so there can be no containers",
                                "mount one: mount -t cgroup2 none /sys/fs/cgroup");
                });
    }

    private static String firstVersion() {
        return "a container with a process that a signal has stopped can't be dumped";
    }

    /** An ordinary user lacks them all, and is told so by one finding. */
    private static Stream<Finding> capabilities(HostFacts host) {
        return host.user().isRoot() ? NeededRight.of(host.user().capabilities()).stream() : Stream.empty();
    }

    private static Stream<Finding> programs(HostFacts host) {
        if (host.absentPrograms().isEmpty()) {
            String all = Arrays.stream(Program.values()).map(Program::word).collect(Collectors.joining(", "));
            return Stream.of(Finding.ok("programs", "all that are needed are installed: " + all));
        }
        return host.absentPrograms().stream().sorted().map(Program::absent);
    }

    private static Stream<Finding> rooms(HostFacts host) {
        return host.rooms().stream().map(HostFindings::room);
    }

    private static Finding room(Room room) {
        String name = "room in " + room.directory();
        if (room.freeBytes().isEmpty()) {
            return Finding.note(
                    name, "it can't be told what is free, where " + room.purpose(), "look whether it is mounted");
        }
        long free = room.freeBytes().getAsLong();
        String sentence = free / MIB + " MiB are free, where " + room.purpose();
        return free < ROOM_BYTES_MIN ? Finding.note(name, sentence, "make room there") : Finding.ok(name, sentence);
    }

    private static Stream<Finding> runDirectory(HostFacts host) {
        return Stream.of(
                host.criuKeepsFacts()
                        ? Finding.ok("/run", "it is a tmpfs: CRIU keeps there what it has found out about the kernel")
                        : Finding.note(
                                "/run",
                                "it is no tmpfs: CRIU finds out anew what the kernel can do whenever it dumps or restores,"
                                        + " while the container stands still",
                                "have a tmpfs mounted there when the host starts"));
    }

    private static Stream<Finding> pipes(HostFacts host) {
        boolean large =
                host.user().has(Capability.CAP_SYS_RESOURCE) || host.kernel().pipeBytesMax() >= PIPE_BYTES;
        return Stream.of(
                large
                        ? Finding.ok("pipes", "CRIU may have pipes as large as it can use")
                        : Finding.note(
                                "pipes",
                                "CRIU puts memory into pipes while a container stands still, and may have them of "
                                        + host.kernel().pipeBytesMax() / MIB + " MiB here: it stands still longer, the"
                                        + " more memory it has",
                                "sysctl -w fs.pipe-max-size=" + PIPE_BYTES));
    }

    private static Stream<Finding> tls(HostFacts host) {
        return Stream.of(
                switch (host.tls()) {
                    case BORINGSSL -> Finding.ok("TLS", "BoringSSL encrypts what goes to other nodes");
                    case JVM ->
                        Finding.note(
                                "TLS",
                                "the JVM encrypts what goes to other nodes, as there is no library of BoringSSL for this"
                                        + " machine: a migration takes far more processor time");
                });
    }

    private static Stream<Finding> companions(HostFacts host) {
        return Stream.of(
                host.service().isPresent()
                        ? Finding.ok(
                                "service",
                                "it runs as process " + host.service().getAsInt())
                        : Finding.note(
                                "service",
                                "none runs, so that each command starts a JVM of its own",
                                "start it: jmigrate service start"),
                host.systemd()
                        ? Finding.ok("systemd", "it is this host's first process")
                        : Finding.note(
                                "systemd", "it is not this host's first process: --systemd-cgroup can't be used"));
    }
}
