package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.cgroup.limit.Controller;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** In place of the cgroup of a container whose user may not make one: it has no members, and what needs a cgroup is refused. */
final class AbsentCgroup implements Cgroup {
    @Override
    public CgroupPaths paths() {
        return new CgroupPaths(List.of());
    }

    @Override
    public List<Path> processFiles() {
        return List.of();
    }

    @Override
    public void checkUnused() {}

    @Override
    public void create(Founding founding) {}

    @Override
    public void delegate(Config config) {}

    @Override
    public void limit(Resources resources) {
        update(resources);
    }

    @Override
    public void update(Resources resources) {
        Arrays.stream(Controller.values())
                .flatMap(controller -> controller.version1(resources, _ -> true).stream())
                .findFirst()
                .ifPresent(setting -> {
                    throw absent("set " + setting.cause());
                });
        if (!resources.unified().isEmpty()) {
            throw absent("set $.linux.resources.unified");
        }
    }

    @Override
    public void freeze(Duration limit) {
        throw absent("freeze its processes");
    }

    @Override
    public void beginFreeze() {
        throw absent("freeze its processes");
    }

    @Override
    public void thaw() {}

    @Override
    public boolean isFrozen() {
        return false;
    }

    @Override
    public List<Integer> processes() {
        return List.of();
    }

    @Override
    public boolean hasChildren() {
        return false;
    }

    @Override
    public void signal(Signal signal) {}

    @Override
    public void kill() {}

    @Override
    public void destroy(Duration limit) {}

    @Override
    public void delete(Duration limit) {}

    private static Failure absent(String what) {
        return Failure.of(
                RuntimeCode.PERMISSION,
                "cannot " + what
                        + ": the container has no cgroup of its own, as the user who made it had the right to none");
    }
}
