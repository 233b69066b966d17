package io.jmigrate.runtime.cgroup.systemd.bus;

import java.util.List;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.Position;

/** A unit to start with another, {@code (sa(sv))}; there are none yet in systemd. The library reads the fields. */
public final class AuxiliaryUnit extends Struct {
    @Position(0)
    public final String name;

    @Position(1)
    public final List<BusProperty> properties;

    public AuxiliaryUnit(String name, List<BusProperty> properties) {
        this.name = name;
        this.properties = properties;
    }
}
