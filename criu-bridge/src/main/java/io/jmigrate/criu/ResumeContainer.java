package io.jmigrate.criu;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.DepartureMark;
import io.jmigrate.runtime.store.NameLock;
import java.util.Objects;

/** Lets a paused container go on, also one that stands still because its dump was broken off. */
public final class ResumeContainer {
    private final Containers containers;

    /** @param containers of the runtime root */
    public ResumeContainer(Containers containers) {
        this.containers = Objects.requireNonNull(containers);
    }

    /**
     * Prerequisite: the container is paused, or stands still because of a dump that was broken off. On success its processes run again, and
     * their connections go on.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, WRONG_STATE, GIVEN_AWAY, DUMP_FAILED, IO
     */
    public void resume(ContainerId id) {
        // a dump holds the lock too, so whatever one has left in it is nobody's
        try (NameLock _ = containers.store().lock(id)) {
            DepartureMark.refuse(containers.store(), containers.inspect(id), "resume");
            boolean settled = SettleContainer.settle(containers, id);
            ContainerRecord record = containers.inspect(id);
            if (settled && record.state() instanceof ContainerState.Running) {
                return; // nothing else held it
            }
            if (record.state() instanceof ContainerState.Paused) {
                AbandonedDump.of(containers, record).undo();
                new LeftConnectionLock(containers, record).delete();
            }
        }
        containers.pause().resume(id);
    }
}
