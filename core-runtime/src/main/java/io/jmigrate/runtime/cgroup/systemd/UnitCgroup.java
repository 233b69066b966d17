package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Founding;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The cgroup of a unit: systemd is told of what concerns the unit, and the rest is done with the files as in any other cgroup. */
final class UnitCgroup implements Cgroup {
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(2);

    private final Cgroup files;
    private final UnitPlace place;
    private final String unit;
    private final boolean unified;
    private final Systemd.Connector systemd;

    /** @param files of a unit */
    UnitCgroup(Cgroup files, Systemd.Connector systemd) {
        CgroupPlace any = files.paths().places().getFirst();
        this.files = files;
        this.place = UnitPlace.at(any.mountPoint().relativize(any.directory()));
        this.unit = place.unit();
        this.unified = files.paths().isUnified();
        this.systemd = systemd;
    }

    @Override
    public CgroupPaths paths() {
        return files.paths();
    }

    @Override
    public List<Path> processFiles() {
        return files.processFiles();
    }

    /** A unit that has failed keeps its name until that is forgotten. A slice may be there already, with others in it. */
    @Override
    public void checkUnused() {
        files.checkUnused();
        try (Systemd manager = systemd.connect()) {
            if (manager.knows(unit)) {
                manager.forget(unit);
            }
            if (!place.isSlice() && manager.knows(unit)) {
                throw Failure.of(RuntimeCode.ALREADY_EXISTS, "systemd has a unit " + unit + " already");
            }
        }
    }

    /** systemd makes directories in the hierarchies of its controllers; in the others they are made as without it. */
    @Override
    public void create(Founding founding) {
        try (Systemd manager = systemd.connect()) {
            if (!place.isSlice() || !manager.knows(unit)) {
                manager.start(unit, ScopeProperties.of(place, unified, founding));
            }
        }
        files.create(founding);
    }

    @Override
    public void delegate(Config config) {
        files.delegate(config);
    }

    @Override
    public void limit(Resources resources) {
        List<UnitProperty> properties = new ArrayList<>(ResourceProperties.of(resources, unified));
        properties.addAll(DeviceProperties.of(resources.devices()));
        tell(properties);
        files.limit(resources);
    }

    /**
     * The kernel is asked first: what it refuses is not told. What systemd then writes may be rounded, and in version 1 it sets the rules
     * about devices anew by forbidding all first. So nobody may run meanwhile, and the files are written once more.
     */
    @Override
    public void update(Resources resources) {
        files.update(resources);
        List<UnitProperty> properties = ResourceProperties.of(resources, unified);
        if (unified) {
            tell(properties);
            files.update(resources);
        } else {
            whileFrozen(() -> {
                tell(properties);
                files.limit(resources);
            });
        }
    }

    private void tell(List<UnitProperty> properties) {
        try (Systemd manager = systemd.connect()) {
            manager.set(unit, properties);
        }
    }

    private void whileFrozen(Runnable change) {
        if (files.isFrozen()) {
            change.run();
            return;
        }
        files.freeze(FREEZE_LIMIT);
        try {
            change.run();
        } finally {
            files.thaw();
        }
    }

    @Override
    public void freeze(Duration limit) {
        files.freeze(limit);
    }

    @Override
    public void beginFreeze() {
        files.beginFreeze();
    }

    @Override
    public void thaw() {
        files.thaw();
    }

    @Override
    public boolean isFrozen() {
        return files.isFrozen();
    }

    @Override
    public List<Integer> processes() {
        return files.processes();
    }

    @Override
    public boolean hasChildren() {
        return files.hasChildren();
    }

    @Override
    public void signal(Signal signal) {
        files.signal(signal);
    }

    @Override
    public void kill() {
        files.kill();
    }

    @Override
    public void destroy(Duration limit) {
        files.destroy(limit);
        end();
    }

    @Override
    public void delete(Duration limit) {
        files.delete(limit);
        end();
    }

    /** A scope ends by itself when its last process has ended, sooner or later. */
    private void end() {
        try (Systemd manager = systemd.connect()) {
            if (manager.knows(unit)) {
                manager.stop(unit);
                manager.forget(unit);
            }
        }
    }
}
