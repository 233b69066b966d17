package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.ArrivingConfig;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ClockCheck;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.NameRoom;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage.Accepted;
import io.jmigrate.migration.wire.ControlMessage.Judged;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** What is said before a migration: whether the container can leave, and whether it may land. */
final class Negotiation {
    private static final int CHECKS_MAX = 100;
    /** Enough for large images on slow disks; a broken connection is noticed at once. */
    private static final Duration READING = Duration.ofMinutes(10);

    private final MigrateRequest request;
    private final MigrationId id;
    private final SourceNode node;
    private final Control control;
    private final Optional<GroupId> group;
    private String offered = "";
    /** Measured once. */
    private Optional<ContainerSize> size = Optional.empty();

    /** @param group with whom it leaves, if not alone */
    Negotiation(MigrateRequest request, MigrationId id, SourceNode node, Control control, Optional<GroupId> group) {
        this.request = request;
        this.id = id;
        this.node = node;
        this.control = control;
        this.group = group;
    }

    /**
     * The destination takes the container, or the failure says all that stands against it at both ends.
     *
     * @return what it says to that
     */
    Accepted agree() {
        List<Check> here = checks();
        if (here.stream().anyMatch(Check::forbids)) {
            List<Check> all = new ArrayList<>(here);
            all.addAll(asked());
            throw Failure.of(MigrationCode.PREFLIGHT, "the container cannot be migrated")
                    .withDetails(all.stream()
                            .filter(Check::forbids)
                            .map(Check::sentence)
                            .toList());
        }
        return offering(false, _ -> control.await(Accepted.class, patience()));
    }

    /**
     * What was agreed upon is true still, and will be as long as nobody can change it.
     *
     * @throws Failure ABORTED if the container has another config by now: it would have the one from before at the destination
     */
    void requireUnchanged() {
        if (!node.container().config().equals(offered)) {
            throw Failure.of(
                    MigrationCode.ABORTED, "its limits were changed while it was being copied, as by jmigrate update");
        }
    }

    /** Everything that was looked at, at both ends; nothing is done. */
    List<Check> inspect() {
        List<Check> all = checks();
        all.addAll(asked());
        return all;
    }

    /** What is in the way here. How much there is of a container is looked at only if it can leave. */
    private List<Check> checks() {
        List<Check> all = new ArrayList<>(node.checks(request.rootfs()));
        if (all.stream().noneMatch(Check::forbids)) {
            new NameRoom(Runtime.getRuntime().maxMemory()).obstacle(size()).ifPresent(all::add);
        }
        return all;
    }

    private ContainerSize size() {
        if (size.isEmpty()) {
            size = Optional.of(node.size(request.rootfs()));
        }
        return size.get();
    }

    /** What the destination has looked at, and its clock. */
    private List<Check> asked() {
        return offering(true, asked -> {
            Judged judged = control.await(Judged.class, patience());
            long told = System.currentTimeMillis();
            List<Check> all = new ArrayList<>(judged.checks().stream()
                    .limit(CHECKS_MAX)
                    .map(Check::printable)
                    .toList());
            all.add(new ClockCheck(asked, judged.heardMillis(), judged.answeredMillis(), told).check());
            return all;
        });
    }

    /** @param answer waits for it, and is told when the offer went, in milliseconds since 1970 */
    private <A> A offering(boolean inspection, LongFunction<A> answer) {
        boolean shared = request.rootfs() == RootfsMode.SHARED;
        offered = node.container().config();
        try (SharedMarker marker = shared ? SharedMarker.make(node.container().rootfs()) : SharedMarker.none()) {
            Offer offer = new Offer(
                    id,
                    request.container(),
                    ArrivingConfig.of(offered, request.network()),
                    request.rootfs(),
                    node.container().rootfs().toString(),
                    marker.name(),
                    node.container().lowers(request.rootfs()),
                    node.container().facts(),
                    size(),
                    node.needs(),
                    request.network(),
                    request.memoryMayFollow(),
                    inspection,
                    group.map(GroupId::value).orElse(""),
                    node.startsAnew());
            long asked = System.currentTimeMillis();
            control.send(offer);
            return answer.apply(asked);
        }
    }

    /** The destination reads the layers that it has, to compare them. */
    private Duration patience() {
        return request.rootfs() == RootfsMode.DIFF ? request.patience().plus(READING) : request.patience();
    }
}
