package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.MachineErrors;
import java.util.function.Supplier;

/** An id that has been taken for a container that does not exist yet. Under the container's lock. */
final class Reservation {
    private final LifecycleHost host;
    private final ContainerRecord record;

    private Reservation(LifecycleHost host, ContainerRecord record) {
        this.host = host;
        this.record = record;
    }

    /**
     * Takes the id. The record is saved before anything that it names is made.
     *
     * @throws io.jmigrate.runtime.failure.Failure ALREADY_EXISTS if the id or its cgroups are taken
     */
    static Reservation of(LifecycleHost host, ContainerRecord record) {
        host.store().reserve(record);
        Reservation reservation = new Reservation(host, record);
        try {
            host.cgroups().open(record.cgroup()).checkUnused();
        } catch (RuntimeException e) {
            // the cgroups are somebody else's: only the id is given back
            reservation.giveBack(e, () -> host.store().remove(record.id()));
            throw e;
        }
        return reservation;
    }

    /** Makes what belongs to the container; when that fails, by whatever, everything is removed again. */
    <T> T fill(Supplier<T> maker) {
        try {
            return MachineErrors.get(maker);
        } catch (RuntimeException e) {
            giveBack(e, () -> host.remains().remove(record));
            throw e;
        }
    }

    private void giveBack(RuntimeException cause, Runnable removal) {
        try {
            removal.run();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
