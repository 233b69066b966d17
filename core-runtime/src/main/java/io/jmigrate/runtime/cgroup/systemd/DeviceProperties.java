package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.cgroup.AllowedDevices;
import io.jmigrate.runtime.cgroup.systemd.UnitProperty.AllowedDevice;
import io.jmigrate.runtime.config.DeviceRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rules about devices as systemd has them: a list of what is allowed, or no restriction. It is never narrower than the rules; those that it
 * can't express are enforced by the cgroup itself, as all others.
 */
final class DeviceProperties {
    private final Map<String, String> allowed = new LinkedHashMap<>();
    private boolean everything;

    private DeviceProperties() {}

    static List<UnitProperty> of(List<DeviceRule> rules) {
        DeviceProperties properties = new DeviceProperties();
        AllowedDevices.after(rules).forEach(properties::apply);
        return properties.list();
    }

    private void apply(DeviceRule rule) {
        if (rule.matchesAll()) {
            allowed.clear();
            everything = rule.allow();
        } else if (rule.allow()) {
            allowed.merge(device(rule), rule.access(), DeviceProperties::union);
        } else {
            allowed.computeIfPresent(device(rule), (_, access) -> without(access, rule.access()));
        }
    }

    /** A minor number of all majors is only said as all. */
    private static String device(DeviceRule rule) {
        String type = rule.type() == 'b' ? "block" : "char";
        if (rule.major().isEmpty()) {
            return type + "-*";
        }
        return rule.minor()
                .map(minor -> "/dev/" + type + "/" + rule.major().get() + ":" + minor)
                .orElseGet(() -> type + "-" + rule.major().get());
    }

    private static String union(String one, String other) {
        return (one + other).chars().distinct().mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** @return null if nothing is left */
    private static String without(String access, String taken) {
        String left = access.replaceAll("[" + taken + "]", "");
        return left.isEmpty() ? null : left;
    }

    /** An empty list first takes the earlier one away: systemd adds. */
    private List<UnitProperty> list() {
        UnitProperty none = UnitProperty.devices("DeviceAllow", List.of());
        if (everything) {
            return List.of(none, UnitProperty.text("DevicePolicy", "auto"));
        }
        List<AllowedDevice> devices = allowed.entrySet().stream()
                .map(entry -> new AllowedDevice(entry.getKey(), entry.getValue()))
                .toList();
        return List.of(none, UnitProperty.text("DevicePolicy", "strict"), UnitProperty.devices("DeviceAllow", devices));
    }
}
