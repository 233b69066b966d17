package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Founding;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cgroup that remembers what was asked of it. */
final class RecordingCgroup implements Cgroup {
    final List<String> calls = new ArrayList<>();
    private boolean frozen;

    @Override
    public CgroupPaths paths() {
        return new CgroupPaths(List.of());
    }

    @Override
    public List<Path> processFiles() {
        return List.of();
    }

    @Override
    public void checkUnused() {
        calls.add("check");
    }

    @Override
    public void create(Founding founding) {
        calls.add("create");
    }

    @Override
    public void delegate(Config config) {
        calls.add("delegate");
    }

    @Override
    public void limit(Resources resources) {
        calls.add("limit");
    }

    @Override
    public void update(Resources resources) {
        calls.add("update");
    }

    @Override
    public void freeze(Duration limit) {
        calls.add("freeze");
        frozen = true;
    }

    @Override
    public void beginFreeze() {
        calls.add("begin to freeze");
        frozen = true;
    }

    @Override
    public void thaw() {
        calls.add("thaw");
        frozen = false;
    }

    @Override
    public boolean isFrozen() {
        return frozen;
    }

    @Override
    public List<Integer> processes() {
        return List.of(4711, 4712);
    }

    @Override
    public boolean hasChildren() {
        return false;
    }

    @Override
    public void signal(Signal signal) {
        calls.add("signal " + signal);
    }

    @Override
    public void kill() {
        calls.add("kill");
    }

    @Override
    public void destroy(Duration limit) {
        calls.add("destroy");
    }

    @Override
    public void delete(Duration limit) {
        calls.add("delete");
    }
}
