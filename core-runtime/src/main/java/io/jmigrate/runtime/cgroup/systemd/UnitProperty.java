package io.jmigrate.runtime.cgroup.systemd;

import java.util.List;

/**
 * A property of a unit, for D-Bus.
 *
 * @param name as org.freedesktop.systemd1(5) has it
 * @param type signature of the value's type in D-Bus
 * @param value {@link Boolean} for {@code b}, {@link String} for {@code s}, {@link Double} for {@code d}, {@link Long} with all 64 bits
 *     for every integer; lists of them for arrays; lists of {@link AllowedDevice} for {@code a(ss)}
 */
public record UnitProperty(String name, String type, Object value) {
    /** How systemd writes "no limit". */
    static final long INFINITY = -1;

    static UnitProperty text(String name, String value) {
        return new UnitProperty(name, "s", value);
    }

    static UnitProperty texts(String name, String... values) {
        return new UnitProperty(name, "as", List.of(values));
    }

    static UnitProperty flag(String name, boolean value) {
        return new UnitProperty(name, "b", value);
    }

    /** @param value unsigned */
    static UnitProperty number(String name, long value) {
        return new UnitProperty(name, "t", value);
    }

    static UnitProperty processes(String name, List<Long> pids) {
        return new UnitProperty(name, "au", pids);
    }

    static UnitProperty bytes(String name, List<Long> bytes) {
        return new UnitProperty(name, "ay", bytes);
    }

    static UnitProperty devices(String name, List<AllowedDevice> devices) {
        return new UnitProperty(name, "a(ss)", devices);
    }

    /**
     * An entry of {@code DeviceAllow} (systemd.resource-control(5)).
     *
     * @param device {@code /dev/char/1:3}, or {@code char-136} or {@code block-*} for many
     * @param access letters of {@code rwm}
     */
    public record AllowedDevice(String device, String access) {}
}
