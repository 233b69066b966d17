package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.policy.Decision;
import io.jmigrate.migration.policy.DirtyCurve;
import io.jmigrate.migration.policy.FixedCost;
import io.jmigrate.migration.policy.Forecast;
import io.jmigrate.migration.policy.OnStall;
import io.jmigrate.migration.policy.Prediction;
import io.jmigrate.migration.policy.Round;
import io.jmigrate.migration.policy.Rounds;
import io.jmigrate.migration.policy.StallReason;
import io.jmigrate.migration.policy.ThrottleSteps;
import io.jmigrate.migration.report.Estimate;
import io.jmigrate.migration.wire.Control;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says what a migration from this host would take, and does nothing: it looks at both ends, at memory, and at the link. */
public final class LocalEstimate {
    private static final double NANOS_A_SECOND = 1e9;

    private final MigrationHost host;

    public LocalEstimate(MigrationHost host) {
        this.host = host;
    }

    /** What came of it. @param estimate absent if a check was not passed */
    public record Answer(List<Check> checks, Optional<Estimate> estimate) {}

    /** @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, that the peer can't be asked, or PAGES_IO */
    public Answer run(MigrateRequest request) {
        MigrationId id = MigrationId.random();
        ContainerHere container = LocalMigrate.container(host, request, id);
        LocalSource source = new LocalSource(container, request.memory().tracker());
        container.lowers(request.rootfs());
        try (Peer peer = LocalMigrate.peer(host, request)) {
            List<Check> checks;
            try (Control control = peer.control()) {
                checks = new Negotiation(request, id, source, control, Optional.empty()).inspect();
            }
            if (checks.stream().anyMatch(Check::forbids)) {
                return new Answer(checks, Optional.empty());
            }
            DirtyCurve writes = WriteSample.of(source).take();
            ContainerSize size = source.size(request.rootfs());
            boolean ahead = request.mode().hasRounds() || request.mode().memoryFollows();
            long locked = ahead ? Measure.locked(container.cgroup().processes()) : 0;
            return new Answer(checks, Optional.of(estimate(request, size, writes, peer.bandwidth(), locked)));
        }
    }

    /** @param locked bytes that go while the container stands still, besides what is said to */
    private Estimate estimate(
            MigrateRequest request, ContainerSize size, DirtyCurve writes, double bandwidth, long locked) {
        FixedCost fixed = EarlierMigrations.fixedCost(
                        Journals.at(host.root()), request.peer().toString())
                .andSending(locked, bandwidth);
        return request.mode().hasRounds()
                ? inRounds(request, size, writes, bandwidth, fixed)
                : atOnce(request, size, writes, bandwidth, fixed);
    }

    /** Memory goes once, while the container stands still or when it runs again. */
    private static Estimate atOnce(
            MigrateRequest request, ContainerSize size, DirtyCurve writes, double bandwidth, FixedCost fixed) {
        long memory = writes.memoryBytes();
        long sending = (long) (memory * NANOS_A_SECOND / bandwidth);
        boolean follows = request.mode().memoryFollows();
        return new Estimate(
                memory,
                size.rootfsBytes(),
                writes.within(NANOS_A_SECOND),
                (long) bandwidth,
                0,
                size.rootfsBytes() + memory,
                (long) (size.rootfsBytes() * NANOS_A_SECOND / bandwidth) + fixed.nanos() + sending,
                follows ? memory : 0,
                fixed.nanos() + (follows ? 0 : sending),
                fixed.nanos(),
                fixed.origin() == FixedCost.Origin.MEASURED,
                ThrottleSteps.none().percent(),
                Optional.empty(),
                false);
    }

    private static Estimate inRounds(
            MigrateRequest request, ContainerSize size, DirtyCurve writes, double bandwidth, FixedCost fixed) {
        long filesNanos = (long) (size.rootfsBytes() * NANOS_A_SECOND / bandwidth);
        long memory = writes.memoryBytes();
        Round first = new Round(memory, memory, (long) (memory * NANOS_A_SECOND / bandwidth));
        Rounds known = new Rounds(
                List.of(first), OptionalLong.of(writes.within(first.nanos())), filesNanos + first.nanos(), 0);
        Forecast forecast =
                Forecast.of(known, writes, fixed, request.limits(), request.onStallByMode(), ThrottleSteps.none());
        Optional<StallReason> stall = forecast.end() instanceof Decision.Stall(StallReason reason, Prediction _)
                ? Optional.of(reason)
                : Optional.empty();
        boolean follows = request.mode().memoryFollows() || stall.isPresent() && request.onStall() == OnStall.HYBRID;
        Prediction end = forecast.end().prediction();
        return new Estimate(
                memory,
                size.rootfsBytes(),
                writes.within(NANOS_A_SECOND),
                (long) bandwidth,
                forecast.rounds(),
                size.rootfsBytes() + memory + forecast.sentBytes(),
                filesNanos + first.nanos() + forecast.remainingNanos(),
                follows ? end.dirtyBytes() : 0,
                (follows ? end.sendingLater() : end).downtimeNanos(),
                fixed.nanos(),
                fixed.origin() == FixedCost.Origin.MEASURED,
                forecast.steps().percent(),
                stall.map(StallReason::sentence),
                stall.isPresent() && request.onStall() == OnStall.ABORT);
    }
}
