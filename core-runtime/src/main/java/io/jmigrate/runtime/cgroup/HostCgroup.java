package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.DeviceRule;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.DevicePrograms;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The cgroup of a container on this host. */
final class HostCgroup implements Cgroup {
    private static final Duration POLL = Duration.ofMillis(1);
    private static final Duration FREEZE_BEFORE_SIGNAL = Duration.ofMillis(500);

    private final CgroupPaths paths;
    private final List<CgroupDirectory> directories;

    HostCgroup(CgroupPaths paths) {
        this.paths = paths;
        this.directories = paths.places().stream()
                .map(CgroupPlace::directory)
                .map(CgroupDirectory::new)
                .toList();
    }

    @Override
    public CgroupPaths paths() {
        return paths;
    }

    @Override
    public List<Path> processFiles() {
        return directories.stream()
                .map(directory -> directory.path().resolve(CgroupDirectory.PROCESSES))
                .toList();
    }

    @Override
    public void checkUnused() {
        for (CgroupPlace place : paths.places()) {
            if (place.directory().equals(place.mountPoint())) {
                throw Failure.of(
                        RuntimeCode.INVALID_CONFIG,
                        "the container would be in " + place.directory() + ", the cgroup of the whole host");
            }
        }
        for (CgroupDirectory directory : directories) {
            if (!directory.processes().isEmpty()) {
                throw Failure.of(
                        RuntimeCode.ALREADY_EXISTS,
                        "the cgroup " + directory.path() + " exists already and has processes");
            }
        }
    }

    @Override
    public void create(Founding founding) {
        if (paths.isUnified()) {
            UnifiedParents.make(membership());
        }
        directories.forEach(CgroupDirectory::make);
        paths.ofController("cpuset").map(CgroupDirectory::new).ifPresent(CpusetDefaults::inherit);
    }

    @Override
    public void delegate(Config config) {
        if (paths.isUnified()) {
            Delegation.owner(config)
                    .ifPresent(uid -> Delegation.give(membership().path(), uid));
        }
    }

    @Override
    public void limit(Resources resources) {
        update(resources);
        Optional<CgroupDirectory> devices = paths.ofController("devices").map(CgroupDirectory::new);
        if (devices.isPresent()) {
            DeviceSettings.of(resources.devices())
                    .forEach(setting -> devices.get().write(setting.file(), setting.value()));
        } else {
            restrictDevices(resources.devices());
        }
    }

    @Override
    public void update(Resources resources) {
        LimitWriter.write(paths, resources);
    }

    private void restrictDevices(List<DeviceRule> rules) {
        Path directory = paths.unified()
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.UNSUPPORTED, "this host has no cgroups that can restrict the use of devices"));
        try {
            DevicePrograms.attach(DeviceFilter.of(rules), directory);
        } catch (LinuxException e) {
            RuntimeCode code = e.errno().equals(Errno.EPERM) ? RuntimeCode.PERMISSION : RuntimeCode.IO;
            throw Failure.of(code, "cannot restrict the devices of the cgroup " + directory + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    @Override
    public void freeze(Duration limit) {
        Freezer freezer = freezer();
        boolean frozen = await(limit, () -> {
            freezer.requestFreeze();
            return freezer.isComplete();
        });
        if (!frozen) {
            freezer.thaw();
            throw Failure.of(
                    RuntimeCode.IO,
                    "cannot freeze the cgroup " + membership().path() + ": its processes still ran after "
                            + limit.toMillis() + " ms");
        }
    }

    @Override
    public void thaw() {
        if (membership().exists()) {
            findFreezer().ifPresent(Freezer::thaw);
        }
    }

    @Override
    public boolean isFrozen() {
        return findFreezer().map(Freezer::isRequested).orElse(false);
    }

    @Override
    public List<Integer> processes() {
        return List.copyOf(membership().processes());
    }

    @Override
    public boolean hasChildren() {
        return directories.stream().anyMatch(directory -> directory.tree().size() > 1);
    }

    @Override
    public void signal(Signal signal) {
        if (!membership().exists()) {
            return;
        }
        Optional<Freezer> freezer = findFreezer().filter(found -> !found.isRequested());
        freezer.ifPresent(HostCgroup::tryFreeze);
        try {
            processes().forEach(pid -> send(pid, signal));
        } finally {
            freezer.ifPresent(Freezer::thaw);
        }
    }

    @Override
    public void kill() {
        signal(Signal.KILL);
        findFreezer().ifPresent(Freezer::thawTree);
    }

    /** If they can't be frozen in time, they are signalled as they run. */
    private static void tryFreeze(Freezer freezer) {
        await(FREEZE_BEFORE_SIGNAL, () -> {
            freezer.requestFreeze();
            return freezer.isComplete();
        });
    }

    private static void send(int pid, Signal signal) {
        try {
            Processes.kill(pid, signal);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.ESRCH)) {
                throw e;
            }
        }
    }

    @Override
    public void delete(Duration limit) {
        removeWithin(limit, () -> {});
    }

    /** A member that enters after the others were killed keeps its cgroup busy, and is met by the next attempt. */
    @Override
    public void destroy(Duration limit) {
        removeWithin(limit, () -> {
            if (!processes().isEmpty()) {
                kill();
            }
        });
    }

    private void removeWithin(Duration limit, Runnable before) {
        boolean removed = await(limit, () -> {
            before.run();
            return directories.stream()
                    .filter(directory -> !removeTree(directory))
                    .toList()
                    .isEmpty();
        });
        if (!removed) {
            CgroupDirectory busy = directories.stream()
                    .filter(CgroupDirectory::exists)
                    .findFirst()
                    .orElse(membership());
            throw Failure.of(
                    RuntimeCode.IO,
                    "cannot remove the cgroup " + busy.path() + ": it still has processes " + busy.processes()
                            + " after " + limit.toMillis() + " ms");
        }
    }

    private static boolean removeTree(CgroupDirectory directory) {
        boolean all = true;
        for (CgroupDirectory each : directory.tree()) {
            all &= each.remove();
        }
        return all;
    }

    /** Where membership is looked up: every member is in every hierarchy. */
    private CgroupDirectory membership() {
        return paths.ofController("freezer")
                .or(paths::unified)
                .map(CgroupDirectory::new)
                .orElseGet(directories::getFirst);
    }

    private Freezer freezer() {
        return findFreezer()
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.UNSUPPORTED,
                        "the container has a cgroup neither of the freezer controller nor of version 2"));
    }

    private Optional<Freezer> findFreezer() {
        return paths.ofController("freezer")
                .<Freezer>map(path -> new Freezer.Controller(new CgroupDirectory(path)))
                .or(() -> paths.unified().map(path -> new Freezer.Core(new CgroupDirectory(path))));
    }

    /** Tries until it works or the time is over. */
    private static boolean await(Duration limit, BooleanSupplier done) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }
}
