package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.DeviceRule;
import io.jmigrate.runtime.config.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates limits to the files of the v1 controllers, in the order in which they have to be written. */
final class ControllerSettings {
    private final List<CgroupSetting> settings = new ArrayList<>();

    private ControllerSettings() {}

    static List<CgroupSetting> of(Resources resources) {
        ControllerSettings translation = new ControllerSettings();
        translation.cpu(resources.cpu());
        translation.memory(resources.memory());
        translation.pids(resources.pidsMax());
        translation.devices(resources.devices());
        return List.copyOf(translation.settings);
    }

    private void cpu(Resources.CpuLimits cpu) {
        number("cpu", "cpu.shares", cpu.shares());
        number("cpu", "cpu.cfs_period_us", cpu.periodMicros());
        number("cpu", "cpu.cfs_quota_us", cpu.quotaMicros());
        cpu.cpus().filter(list -> !list.isEmpty()).ifPresent(list -> add("cpuset", "cpuset.cpus", list));
        cpu.mems().filter(list -> !list.isEmpty()).ifPresent(list -> add("cpuset", "cpuset.mems", list));
    }

    /** The limit of memory and swap together may not be below that of memory, in a new cgroup: memory first. */
    private void memory(Resources.MemoryLimits memory) {
        number("memory", "memory.limit_in_bytes", memory.limit());
        number("memory", "memory.memsw.limit_in_bytes", memory.swap());
        number("memory", "memory.soft_limit_in_bytes", memory.reservation());
    }

    /** Zero and below mean no limit, as runC has it. */
    private void pids(Optional<Long> limit) {
        limit.ifPresent(pids -> add("pids", "pids.max", pids > 0 ? Long.toString(pids) : "max"));
    }

    /** Everything is denied first, then the config's rules apply in their order, then what is always allowed. */
    private void devices(List<DeviceRule> rules) {
        add("devices", "devices.deny", "a *:* rwm");
        for (DeviceRule rule : AllowedDevices.after(rules)) {
            add("devices", rule.allow() ? "devices.allow" : "devices.deny", rule.text());
        }
    }

    private void number(String controller, String file, Optional<Long> value) {
        value.ifPresent(number -> add(controller, file, Long.toString(number)));
    }

    private void add(String controller, String file, String value) {
        settings.add(new CgroupSetting(controller, file, value));
    }
}
