package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.DeviceRuleSpec;
import java.util.Optional;

/**
 * A rule of the device cgroup.
 *
 * @param allow whether it grants or takes away
 * @param type {@code a}, {@code b} or {@code c}
 * @param major absent means all
 * @param minor absent means all
 * @param access letters of {@code rwm}
 */
public record DeviceRule(boolean allow, char type, Optional<Long> major, Optional<Long> minor, String access) {
    public static DeviceRule resolve(DeviceRuleSpec spec) {
        return new DeviceRule(
                spec.allow(),
                spec.type().orElse("a").charAt(0),
                spec.major(),
                spec.minor(),
                spec.access().orElse("rwm"));
    }

    /** Whether it speaks of every device, as the first rule of most specs does. */
    public boolean matchesAll() {
        return type == 'a';
    }

    /** As devices.allow and devices.deny of cgroup v1 take it: {@code c 1:3 rwm}. */
    public String text() {
        return type + " " + number(major) + ":" + number(minor) + " " + access;
    }

    private static String number(Optional<Long> number) {
        return number.map(String::valueOf).orElse("*");
    }
}
