package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.DeviceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every container may use, whatever its config says: the runtime specification's "Default Devices" and runC's additions, among
 * them making nodes of any kind.
 */
public final class AllowedDevices {
    private static final List<DeviceRule> ALWAYS = List.of(
            rule('c', Optional.empty(), Optional.empty(), "m"),
            rule('b', Optional.empty(), Optional.empty(), "m"),
            character(1, 3),
            character(1, 5),
            character(1, 7),
            character(1, 8),
            character(1, 9),
            character(5, 0),
            character(5, 2),
            character(10, 200),
            rule('c', Optional.of(136L), Optional.empty(), "rwm"));

    private AllowedDevices() {}

    /** The rules of a config and those that hold whatever they say. */
    public static List<DeviceRule> after(List<DeviceRule> rules) {
        List<DeviceRule> all = new ArrayList<>(rules);
        all.addAll(ALWAYS);
        return all;
    }

    private static DeviceRule character(long major, long minor) {
        return rule('c', Optional.of(major), Optional.of(minor), "rwm");
    }

    private static DeviceRule rule(char type, Optional<Long> major, Optional<Long> minor, String access) {
        return new DeviceRule(true, type, major, minor, access);
    }
}
