package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.RestartEstimate;
import io.jmigrate.runtime.linux.Signal;
import java.util.List;
import java.util.Optional;

/** Says what it would take to have a container of this host start anew elsewhere, and does nothing. */
public final class LocalRestartEstimate {
    private static final double NANOS_A_SECOND = 1e9;

    private final MigrationHost host;

    public LocalRestartEstimate(MigrationHost host) {
        this.host = host;
    }

    /** What came of it. @param estimate absent if a check was not passed */
    public record Answer(List<Check> checks, Optional<RestartEstimate> estimate) {}

    /** @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, or that the peer can't be asked */
    public Answer run(MigrateRequest request) {
        ContainerHere container = LocalMigrate.container(host, request, MigrationId.random());
        SourceNode source = LocalMigrate.leaving(request, container);
        container.lowers(request.rootfs());
        List<Check> checks = LocalMigrate.inspect(request, container, source);
        if (checks.stream().anyMatch(Check::forbids)) {
            return new Answer(checks, Optional.empty());
        }
        long bytes = source.size(request.rootfs()).rootfsBytes();
        double bandwidth = bandwidth(request);
        Signal signal = request.stop().signal(container.record().annotations()).orElseThrow();
        return new Answer(
                checks,
                Optional.of(new RestartEstimate(
                        bytes,
                        (long) bandwidth,
                        (long) (bytes * NANOS_A_SECOND / bandwidth),
                        signal,
                        request.stop().grace())));
    }

    private double bandwidth(MigrateRequest request) {
        try (Peer peer = LocalMigrate.peer(host, request)) {
            return peer.bandwidth();
        }
    }
}
