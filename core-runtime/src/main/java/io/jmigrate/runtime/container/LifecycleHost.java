package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.Cgroups;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;

/**
 * What all operations stand on.
 *
 * @param store the records
 * @param processes the host's
 * @param cgroups the host's
 * @param launcher starts what a container consists of
 * @param nativeInit the program that executes plans
 * @param callerPid the process on whose behalf containers are made: their cgroups are below its own
 */
record LifecycleHost(
        ContainerStore store,
        ProcessTable processes,
        Cgroups cgroups,
        Launcher launcher,
        Path nativeInit,
        int callerPid) {

    ContainerStatus status() {
        return new ContainerStatus(store, processes, cgroups);
    }

    Networks networks() {
        return new Networks(launcher, callerPid);
    }

    ContainerRemains remains() {
        return new ContainerRemains(store, cgroups, networks());
    }
}
