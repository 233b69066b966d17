package io.jmigrate.migration.engine;

import io.jmigrate.criu.ExamineContainer;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.doctor.ContainerFindings;
import io.jmigrate.doctor.Finding;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.pages.track.TrackingFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is looked at before a running container leaves, all of whose memory is in place.
 *
 * @param wanted tracker; empty: the best that this host has
 */
record LeavingChecks(ContainerHere container, Optional<TrackerKind> wanted) {
    List<Check> of(RootfsMode mode) {
        NetworkTerms network = container.terms();
        List<Finding> found = ContainerFindings.of(
                new ExamineContainer(container.host().containers()).run(container.id(), options(network)));
        List<Check> all = new ArrayList<>(DepartureChecks.of(found, KernelFacts.features()));
        all.add(DepartureChecks.tracker(wanted, TrackingFacts.ofThisHost()));
        all.add(DepartureChecks.locked(Measure.locked(container.cgroup().processes())));
        container.init().flatMap(Monitor::of).map(DepartureChecks::monitored).ifPresent(all::add);
        container.checkOfFiles(mode).ifPresent(all::add);
        all.addAll(container.connections().checks(container.config(), network));
        return List.copyOf(all);
    }

    /** Connections that are closed are not dumped, nor are those that nobody has accepted. */
    static TreeOptions options(NetworkTerms network) {
        return TreeOptions.NONE.withTcpClose(network.closes()).withTcpSkipInFlight(network.closes());
    }
}
