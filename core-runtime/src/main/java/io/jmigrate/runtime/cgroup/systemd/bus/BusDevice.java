package io.jmigrate.runtime.cgroup.systemd.bus;

import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.Position;

/** A device that is allowed, {@code (ss)}. The library reads the fields. */
public final class BusDevice extends Struct {
    @Position(0)
    public final String device;

    @Position(1)
    public final String access;

    public BusDevice(String device, String access) {
        this.device = device;
        this.access = access;
    }
}
