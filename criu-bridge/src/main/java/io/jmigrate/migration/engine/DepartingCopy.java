package io.jmigrate.migration.engine;

import io.jmigrate.criu.LeftConnectionLock;
import io.jmigrate.criu.SettleContainer;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.DepartureMark;
import io.jmigrate.runtime.container.DepartureMark.Content;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.network.NetworkLock;
import io.jmigrate.runtime.store.NameLock;
import java.time.Duration;

/**
 * A container of this host that stands still because it goes to another: nobody but its migration sets it going.
 *
 * @param container its record
 * @param migration by which it goes
 */
record DepartingCopy(Containers containers, ContainerRecord container, MigrationId migration) {
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);

    /** The mark is there before the container can be given away. */
    void freeze() {
        if (mark().read().filter(this::isOurs).isEmpty()) {
            note(false);
        }
        cgroup().freeze(FREEZE_LIMIT);
    }

    /**
     * It is this host's: a dump that was broken off has left its lock, and a CRIU that may be at work still, or what that has done to the sockets.
     * Nobody else dumps it meanwhile. One that has got its name since is left alone, and one that its user has paused stays so. The mark goes
     * first: one that runs must not have it.
     */
    void thaw() {
        try (NameLock _ = containers.store().lock(container.id())) {
            containers
                    .store()
                    .find(container.id())
                    .filter(now -> now.created().equals(container.created()))
                    .ifPresent(this::letGo);
        }
    }

    private void letGo(ContainerRecord now) {
        mark().remove();
        SettleContainer.endDump(containers, now);
        lock().delete();
        containers.networkLock(now).ifPresent(NetworkLock::remove);
        if (!(now.state() instanceof ContainerState.Paused)) {
            cgroup().thaw();
        }
    }

    /**
     * Its memory as it was given away.
     *
     * @throws Failure MEMORY_BEHIND if somebody has set it going meanwhile, past this runtime: it is frozen again, and its memory is another one
     */
    StandingMemory memory() {
        if (!cgroup().isFrozen()) {
            note(true);
            cgroup().freeze(FREEZE_LIMIT);
        }
        if (mark().read().filter(Content::ran).isPresent()) {
            throw Failure.of(
                    MigrationCode.MEMORY_BEHIND,
                    "its copy here was set going meanwhile: its memory is not what was given away any more");
        }
        return LocalStanding.of(container);
    }

    /** Not that of an earlier migration which was cut off just when it let the container go on. */
    private boolean isOurs(Content content) {
        return content.by().equals(migration.toString());
    }

    private LeftConnectionLock lock() {
        return new LeftConnectionLock(containers, container);
    }

    private void note(boolean ran) {
        mark().write(new Content(migration.toString(), ran));
    }

    private DepartureMark mark() {
        return DepartureMark.of(containers.store(), container.id());
    }

    private Cgroup cgroup() {
        return containers.cgroup(container);
    }
}
