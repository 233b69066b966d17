package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.stats.Statistics;

/** Looks again and again at a container that was found alive, at little cost. */
public final class ContainerWatch {
    private final ContainerRecord record;
    private final ProcessTable processes;

    ContainerWatch(ContainerRecord record, ProcessTable processes) {
        this.record = record;
        this.processes = processes;
    }

    /** Whether its init still runs. */
    public boolean lives() {
        return record.state().init().filter(processes::acts).isPresent();
    }

    /** How many of its processes the kernel has killed for lack of memory. */
    public long oomKills() {
        return Statistics.oomKills(record.cgroup());
    }
}
