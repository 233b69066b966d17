package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.cgroup.Founding;
import java.util.ArrayList;
import java.util.List;

/** What a container's unit is given when it begins. */
final class ScopeProperties {
    private ScopeProperties() {}

    /**
     * @param unified whether version 2 is alone: block I/O is counted under another name then
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG for an annotation about a property that can't be read
     */
    static List<UnitProperty> of(UnitPlace place, boolean unified, Founding founding) {
        List<UnitProperty> properties = new ArrayList<>();
        properties.add(UnitProperty.text("Description", "container " + place.unit()));
        if (place.isSlice()) {
            properties.add(UnitProperty.texts("Wants", place.parent()));
        } else {
            properties.add(UnitProperty.text("Slice", place.slice()));
            properties.add(UnitProperty.flag("Delegate", true));
            founding.member().ifPresent(pid -> properties.add(UnitProperty.processes("PIDs", List.of((long) pid))));
        }
        properties.add(UnitProperty.flag("MemoryAccounting", true));
        properties.add(UnitProperty.flag("CPUAccounting", true));
        properties.add(UnitProperty.flag(unified ? "IOAccounting" : "BlockIOAccounting", true));
        properties.add(UnitProperty.flag("TasksAccounting", true));
        properties.add(UnitProperty.flag("DefaultDependencies", false));
        properties.addAll(PropertyAnnotations.of(founding.annotations()));
        return properties;
    }
}
