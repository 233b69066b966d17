package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupHierarchies;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Cgroups;
import io.jmigrate.runtime.cgroup.Placement;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What all operations stand on.
 *
 * @param store the records
 * @param processes the host's
 * @param cgroups the host's
 * @param placement where containers go that are made
 * @param launcher starts what a container consists of
 * @param nativeInit the program that executes plans
 * @param warnings told of what a container asks for and does not get, a sentence each
 * @param rights of the user who makes containers
 * @param callerPid the process on whose behalf containers are made: their cgroups are below its own
 */
record LifecycleHost(
        ContainerStore store,
        ProcessTable processes,
        Cgroups cgroups,
        Placement placement,
        Launcher launcher,
        Path nativeInit,
        Consumer<String> warnings,
        Rights rights,
        int callerPid) {
    LifecycleHost warning(Consumer<String> listener) {
        return new LifecycleHost(
                store, processes, cgroups, placement, launcher, nativeInit, listener, rights, callerPid);
    }

    LifecycleHost withCgroupOptional(boolean optional) {
        Rights changed = rights.withCgroupOptional(optional);
        return new LifecycleHost(
                store, processes, cgroups, placement, launcher, nativeInit, warnings, changed, callerPid);
    }

    LifecycleHost placing(Placement other) {
        return new LifecycleHost(store, processes, cgroups, other, launcher, nativeInit, warnings, rights, callerPid);
    }

    /** Where a container goes. @param name its id on this host, for a config without a path */
    CgroupPaths place(Optional<String> cgroupsPath, String name) {
        return placement.place(CgroupHierarchies.ofProcess(callerPid), cgroupsPath, name);
    }

    /** Kernels since 6.2 don't limit the kernel's own memory by itself any more; runC ignores the limit on all. */
    void warnOfIgnored(ContainerId id, Resources resources) {
        if (resources.memory().kernel().isPresent()) {
            warnings.accept("$.linux.resources.memory.kernel of " + id.inSentence()
                    + " is ignored: the kernel's memory counts as the container's");
        }
    }

    void warn(String sentence) {
        warnings.accept(sentence);
    }

    /** @param capabilities by name; none, and nothing is said */
    void warnOfUngranted(String subject, List<String> capabilities) {
        if (!capabilities.isEmpty()) {
            warnings.accept(subject + " does not get " + String.join(", ", capabilities)
                    + ": this host does not have it to give");
        }
    }

    ContainerStatus status() {
        return new ContainerStatus(store, processes, cgroups);
    }

    Networks networks() {
        return new Networks(launcher, callerPid);
    }

    ContainerProcesses members() {
        return new ContainerProcesses(cgroups, processes);
    }

    ContainerHooks hooks() {
        return new ContainerHooks(launcher, warnings);
    }

    ContainerRemains remains() {
        return new ContainerRemains(store, cgroups, members(), networks(), hooks());
    }
}
