package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is said before a migration: whether the container can leave, and whether it may land. */
final class Negotiation {
    private static final int CHECKS_MAX = 100;

    private final MigrateRequest request;
    private final MigrationId id;
    private final SourceNode node;
    private final Control control;

    Negotiation(MigrateRequest request, MigrationId id, SourceNode node, Control control) {
        this.request = request;
        this.id = id;
        this.node = node;
        this.control = control;
    }

    /** What the source looks at by itself. */
    static List<Check> ofSource(SourceNode node) {
        List<String> obstacles = node.obstacles();
        return obstacles.isEmpty()
                ? List.of(Check.passed(End.SOURCE, "container"))
                : obstacles.stream()
                        .map(obstacle -> new Check(End.SOURCE, "container", obstacle, ""))
                        .toList();
    }

    /**
     * The destination takes the container, or the failure says all that stands against it at both ends.
     *
     * @return the secret that joins the data connection
     */
    String agree() {
        List<Check> here = ofSource(node);
        if (!here.stream().allMatch(Check::passed)) {
            List<Check> all = new ArrayList<>(here);
            all.addAll(asked());
            throw Failure.of(MigrationCode.PREFLIGHT, "the container cannot be migrated")
                    .withDetails(all.stream()
                            .filter(check -> !check.passed())
                            .map(Check::sentence)
                            .toList());
        }
        return offering(false, () -> control.await(ControlMessage.Accepted.class, request.patience()))
                .secret();
    }

    /** Everything that was looked at, at both ends; nothing is done. */
    List<Check> inspect() {
        List<Check> all = new ArrayList<>(ofSource(node));
        all.addAll(asked());
        return all;
    }

    private List<Check> asked() {
        return offering(true, () -> control.await(ControlMessage.Judged.class, request.patience())).checks().stream()
                .limit(CHECKS_MAX)
                .toList();
    }

    private <A> A offering(boolean inspection, Supplier<A> answer) {
        boolean shared = request.rootfs() == RootfsMode.SHARED;
        try (SharedMarker marker = shared ? SharedMarker.make(node.rootfs()) : SharedMarker.none()) {
            control.send(new ControlMessage.Offer(
                    id,
                    request.container(),
                    node.config(),
                    request.rootfs(),
                    node.rootfs().toString(),
                    marker.name(),
                    node.facts(),
                    node.size(request.rootfs()),
                    inspection));
            return answer.get();
        }
    }
}
