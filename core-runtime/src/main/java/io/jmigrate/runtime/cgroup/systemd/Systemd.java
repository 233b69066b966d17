package io.jmigrate.runtime.cgroup.systemd;

import java.util.List;

/**
 * systemd, which makes units and ends them. All methods return when it is done, and throw {@link
 * io.jmigrate.runtime.failure.Failure} SYSTEMD with what it answered.
 */
public interface Systemd extends AutoCloseable {
    /** Whether it knows a unit of this name, also one that has failed or was never started. */
    boolean knows(String unit);

    /** Makes and starts a unit. */
    void start(String unit, List<UnitProperty> properties);

    /** Changes properties until the unit ends. */
    void set(String unit, List<UnitProperty> properties);

    /** Ends what is left of a unit. */
    void stop(String unit);

    /** Forgets that a unit has failed, so that its name is free. */
    void forget(String unit);

    @Override
    void close();

    /** Opens conversations with it. */
    @FunctionalInterface
    interface Connector {
        /** @throws io.jmigrate.runtime.failure.Failure SYSTEMD if it does not answer */
        Systemd connect();
    }
}
