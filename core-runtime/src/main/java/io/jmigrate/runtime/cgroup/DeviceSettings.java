package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.cgroup.limit.CgroupSetting;
import io.jmigrate.runtime.config.DeviceRule;
import java.util.ArrayList;
import java.util.List;

/** Translates rules about devices to the files of the v1 controller; v2 has a program instead ({@link DeviceFilter}). */
final class DeviceSettings {
    private static final String CAUSE = "$.linux.resources.devices";

    private DeviceSettings() {}

    /** Everything is denied first, then the config's rules apply in their order, then what is always allowed. */
    static List<CgroupSetting> of(List<DeviceRule> rules) {
        List<CgroupSetting> settings = new ArrayList<>();
        settings.add(new CgroupSetting("devices.deny", "a *:* rwm", CAUSE));
        for (DeviceRule rule : AllowedDevices.after(rules)) {
            settings.add(new CgroupSetting(rule.allow() ? "devices.allow" : "devices.deny", rule.text(), CAUSE));
        }
        return settings;
    }
}
