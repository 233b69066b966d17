package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.ResourcesChange;
import io.jmigrate.runtime.spec.SpecReading;
import io.jmigrate.runtime.spec.Specs;
import io.jmigrate.runtime.validate.Configs;

/** Changes the limits of a container, in its cgroups and in what is kept of its config. */
final class LimitsUpdate {
    private LimitsUpdate() {}

    /** Under the container's lock. On failure neither has changed. */
    static void apply(LifecycleHost host, ContainerRecord record, ResourcesChange change) {
        ContainerStore store = host.store();
        SpecReading changed = changed(host, record, change);
        Config config = Configs.ofRunning(record.bundle(), changed);
        if (change.hasDeviceRules()) {
            host.warnings()
                    .accept("the rules about devices of " + record.id().inSentence()
                            + " stay as they are: they can't be changed while it exists");
        }
        host.warnOfIgnored(record.id(), config.resources());
        host.cgroups().open(record.cgroup()).update(config.resources());
        store.keepChange(record.id(), store.change(record.id()).then(change));
        store.keepConfig(record.id(), changed.spec());
    }

    /** What the limits would become. */
    static Resources after(LifecycleHost host, ContainerRecord record, ResourcesChange change) {
        return Configs.ofRunning(record.bundle(), changed(host, record, change)).resources();
    }

    private static SpecReading changed(LifecycleHost host, ContainerRecord record, ResourcesChange change) {
        return change.appliedTo(Specs.read(host.store().directory(record.id())).spec());
    }
}
