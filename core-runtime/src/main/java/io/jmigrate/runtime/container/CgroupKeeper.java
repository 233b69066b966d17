package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.Founding;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.wire.InitRequest;
import io.jmigrate.runtime.plan.wire.InitSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a new cgroup until a process of the container is in it. systemd makes no scope without a process, and takes away one that has
 * lost its last: there a process waits in it meanwhile. Elsewhere a cgroup without a process stays.
 */
final class CgroupKeeper implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    /** Keeps nothing. */
    static final CgroupKeeper NONE = new CgroupKeeper(Optional.empty());

    private final Optional<InitSession> waiting;

    private CgroupKeeper(Optional<InitSession> waiting) {
        this.waiting = waiting;
    }

    /**
     * Makes a container's cgroups, with their limits.
     *
     * @throws io.jmigrate.runtime.failure.Failure as {@link Cgroup#create}, {@link Cgroup#limit} and {@link Cgroup#delegate}
     */
    static CgroupKeeper make(LifecycleHost host, Blueprint blueprint) {
        Config config = blueprint.config();
        Cgroup cgroup = host.cgroups().open(blueprint.record().cgroup());
        CgroupKeeper keeper = blueprint.record().cgroup().unit().isPresent() ? waiting(host) : NONE;
        try {
            cgroup.create(new Founding(keeper.member(), config.annotations()));
            restrict(host, cgroup, config.resources());
            cgroup.delegate(config);
            return keeper;
        } catch (RuntimeException e) {
            try (keeper) {
                throw e;
            }
        }
    }

    /** Only the host's root can keep a cgroup from devices; the others' containers get none but those that their config names. */
    private static void restrict(LifecycleHost host, Cgroup cgroup, Resources resources) {
        if (host.rights().overHost()) {
            cgroup.limit(resources);
        } else {
            cgroup.update(resources);
        }
    }

    private static CgroupKeeper waiting(LifecycleHost host) {
        Plan plan = Plan.of(List.of(
                Clone.of(Set.<NamespaceKind>of()), new Ready(), new Execute(List.of("unreached"), List.of(), 0)));
        InitRequest request = new InitRequest(host.nativeInit(), plan, Map.of(), Optional.empty(), List.of());
        return new CgroupKeeper(Optional.of(InitSession.start(host.launcher(), request)));
    }

    private OptionalInt member() {
        return waiting.map(session -> OptionalInt.of(session.awaitReady().pid()))
                .orElseGet(OptionalInt::empty);
    }

    /** Returns when the process is gone, as nobody in the container is to see it. */
    @Override
    public void close() {
        waiting.ifPresent(session -> {
            CompletableFuture<ExitStatus> end = session.awaitProcess().exited();
            session.close();
            end.orTimeout(END_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(_ -> null) // the launcher has gone before, or the cgroup is frozen
                    .join();
        });
    }
}
