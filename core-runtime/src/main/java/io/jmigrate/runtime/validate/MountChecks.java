package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.config.MountOptions;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.MountSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The mounts, each by itself. */
final class MountChecks {
    private static final String PROC = "/proc";

    /** Files of /proc that lxcfs and its like may replace; anything else below it would fool the container or the runtime. */
    private static final Set<String> REPLACEABLE = Set.of(
            "/proc/cpuinfo",
            "/proc/diskstats",
            "/proc/meminfo",
            "/proc/stat",
            "/proc/swaps",
            "/proc/uptime",
            "/proc/loadavg",
            "/proc/slabinfo",
            "/proc/sys/kernel/ns_last_pid",
            "/proc/sys/crypto/fips_enabled");

    /** Filesystems of which each mount is another one. */
    private static final Set<String> OF_ITS_OWN = Set.of("tmpfs", "devpts");

    private final Path bundle;
    private final boolean running;
    private final List<MountSpec> earlier;
    private final MountSpec mount;
    private final MountOptions options;
    private final boolean bind;
    private final String path;
    private final Problems problems;

    private MountChecks(Subject subject, int index, String path, Problems problems) {
        this.bundle = subject.bundle();
        this.running = subject.running();
        this.earlier = subject.spec().mounts().subList(0, index);
        this.mount = subject.spec().mounts().get(index);
        this.options = MountOptions.parse(mount.options());
        this.bind = options.bind() || mount.type().filter("bind"::equals).isPresent();
        this.path = path;
        this.problems = problems;
    }

    static void check(Subject subject, Problems problems) {
        List<MountSpec> mounts = subject.spec().mounts();
        for (int i = 0; i < mounts.size(); i++) {
            String path = JsonPath.element("$.mounts", i);
            MountChecks checks = new MountChecks(subject, i, path, problems);
            checks.check();
            MappedMountChecks.check(
                    subject.spec(), mounts.get(i), path, checks.bind, checks.options.mapsIds(), problems);
        }
    }

    private void check() {
        checkDestination();
        checkOptions();
        if (options.remount()) {
            checkRemount();
        } else if (bind) {
            checkBind();
        } else if (mount.type().isEmpty()) {
            problems.invalid(path + ".type", "is required for a mount that is not a bind mount");
        }
    }

    private void checkDestination() {
        String destination = mount.destination();
        String clean = ContainerPath.clean(destination);
        if (destination.isEmpty()) {
            problems.invalid(path + ".destination", "is required");
        } else if (clean.equals("/")) {
            problems.invalid(path + ".destination", "must not be the root directory of the container");
        } else if (clean.equals(PROC)) {
            checkProc();
        } else if (ContainerPath.isWithin(clean, PROC) && !REPLACEABLE.contains(clean)) {
            problems.invalid(path + ".destination", "must not lie inside /proc, is " + JsonPath.quote(destination));
        }
    }

    /** A filesystem that others have mounted too, on the host for example, would change for them. */
    private void checkRemount() {
        if (options.copiesUp()) {
            problems.invalid(path + ".options", "a remount copies nothing");
        }
        boolean own = earlier.stream()
                .filter(other ->
                        ContainerPath.clean(other.destination()).equals(ContainerPath.clean(mount.destination())))
                .reduce((_, last) -> last)
                .flatMap(MountSpec::type)
                .filter(OF_ITS_OWN::contains)
                .isPresent();
        if (!bind && !own) {
            problems.invalid(
                    path + ".options",
                    "remount without bind needs an earlier tmpfs or devpts at the same destination: anything else"
                            + " may be mounted elsewhere, too");
        }
    }

    private void checkProc() {
        boolean ofHost = bind && mount.source().filter(PROC::equals).isPresent();
        boolean procfs = ofHost
                || options.remount()
                || !bind && mount.type().filter("proc"::equals).isPresent();
        if (!procfs) {
            problems.invalid(path + ".destination", "only a proc filesystem can be mounted onto /proc");
        }
    }

    private void checkOptions() {
        if (options.copiesUp() && (bind || mount.type().filter("tmpfs"::equals).isEmpty())) {
            problems.invalid(path + ".options", "tmpcopyup needs a mount of the type tmpfs");
        }
    }

    private void checkBind() {
        if (!options.data().isEmpty()) {
            problems.invalid(
                    path + ".options",
                    "a bind mount takes no options of a filesystem: " + JsonPath.quote(options.data()));
        }
        if (mount.source().isEmpty()) {
            problems.invalid(path + ".source", "is required for a bind mount");
            return;
        }
        try {
            Path source = bundle.resolve(mount.source().get());
            if (!running && !Files.exists(source)) {
                problems.invalid(path + ".source", "does not exist: " + source);
            }
        } catch (InvalidPathException e) {
            problems.invalid(path + ".source", "is not a path: " + JsonPath.quote(e.getInput()));
        }
    }
}
