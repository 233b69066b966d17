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
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The cgroup of a container on this host. */
final class HostCgroup implements Cgroup {
    private final CgroupPaths paths;
    private final List<CgroupDirectory> directories;
    private final CgroupMembers members;

    HostCgroup(CgroupPaths paths) {
        this.paths = paths;
        this.directories = paths.places().stream()
                .map(CgroupPlace::directory)
                .map(CgroupDirectory::new)
                .toList();
        this.members = CgroupMembers.of(paths);
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
            UnifiedParents.make(members.directory());
        }
        directories.forEach(CgroupDirectory::make);
        paths.ofController("cpuset").map(CgroupDirectory::new).ifPresent(CpusetDefaults::inherit);
    }

    @Override
    public void delegate(Config config) {
        if (paths.isUnified()) {
            Delegation.owner(config)
                    .ifPresent(uid -> Delegation.give(members.directory().path(), uid));
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
        members.freeze(limit);
    }

    @Override
    public void beginFreeze() {
        members.beginFreeze();
    }

    @Override
    public void thaw() {
        members.thaw();
    }

    @Override
    public boolean isFrozen() {
        return members.areFrozen();
    }

    @Override
    public List<Integer> processes() {
        return members.processes();
    }

    @Override
    public boolean hasChildren() {
        return directories.stream().anyMatch(directory -> directory.tree().size() > 1);
    }

    @Override
    public void signal(Signal signal) {
        members.signal(signal);
    }

    @Override
    public void kill() {
        members.kill();
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
        boolean removed = Attempts.within(limit, () -> {
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
                    .orElse(members.directory());
            throw Failure.of(
                    RuntimeCode.IO,
                    "cannot remove the cgroup " + busy.path() + ": it still has processes " + busy.processes()
                            + " after " + limit.toMillis() + " ms");
        }
        paths.places().forEach(MadeParents::remove);
    }

    private static boolean removeTree(CgroupDirectory directory) {
        boolean all = true;
        for (CgroupDirectory each : directory.tree()) {
            all &= each.remove();
        }
        return all;
    }
}
