package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.Mount.Target;
import io.jmigrate.runtime.plan.step.Remount;
import io.jmigrate.runtime.plan.step.SetMountAttributes;
import io.jmigrate.runtime.plan.step.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The steps that make a config's mounts. */
final class MountSteps {
    private static final String DEV = "/dev";
    private static final Set<String> LABELLED_BY_THE_KERNEL = Set.of("proc", "sysfs", "mqueue");

    private final Config config;
    private final CgroupSteps cgroups;
    private final MappedTrees trees = new MappedTrees();

    MountSteps(Config config, HostFacts host) {
        this.config = config;
        this.cgroups = new CgroupSteps(config.namespaces(), host);
    }

    /** All mounts in the order of the config. */
    List<Step> mount() {
        List<Step> steps = new ArrayList<>();
        for (MountConfig mount : config.mounts()) {
            switch (mount) {
                case MountConfig.Bind bind -> steps.add(bind.ids().isPresent() ? trees.attach(bind) : bindMount(bind));
                case MountConfig.Filesystem filesystem -> steps.add(filesystem(filesystem));
                case MountConfig.CgroupTree tree -> steps.addAll(cgroups.mount(tree));
            }
            if (!mount.tree().isEmpty()) {
                steps.add(new SetMountAttributes(
                        mount.destination(), mount.tree().set(), mount.tree().cleared()));
            }
        }
        return steps;
    }

    /** Takes the right to write from those mounts in which something had to be made first. */
    List<Step> makeReadonly() {
        List<Step> steps = new ArrayList<>();
        for (MountConfig mount : config.mounts()) {
            if (mount instanceof MountConfig.Filesystem filesystem && isMadeReadonlyLate(filesystem)) {
                steps.add(new Remount(mount.destination(), mount.flags()));
            }
        }
        return steps;
    }

    private static Mount bindMount(MountConfig.Bind bind) {
        Set<MountFlag> flags = EnumSet.of(MountFlag.BIND);
        flags.addAll(bind.flags());
        if (bind.recursive()) {
            flags.add(MountFlag.RECURSIVE);
        }
        return new Mount(
                bind.source().toString(),
                bind.destination(),
                "",
                flags,
                bind.cleared(),
                bind.propagation(),
                "",
                bind.directory() ? Target.DIRECTORY : Target.FILE,
                false);
    }

    private Mount filesystem(MountConfig.Filesystem mount) {
        Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
        flags.addAll(mount.flags());
        if (isMadeReadonlyLate(mount)) {
            flags.remove(MountFlag.READ_ONLY);
        }
        return new Mount(
                mount.source(),
                mount.destination(),
                mount.type(),
                flags,
                Set.of(),
                mount.propagation(),
                labelled(mount),
                Target.DIRECTORY,
                mount.copiesUp());
    }

    /** All files of the filesystem get the label; the kernel's own have theirs by their kind. */
    private String labelled(MountConfig.Filesystem mount) {
        if (config.mountLabel().isEmpty() || LABELLED_BY_THE_KERNEL.contains(mount.type())) {
            return mount.data();
        }
        String context = "context=\"" + config.mountLabel().get() + '"';
        return mount.data().isEmpty() ? context : mount.data() + "," + context;
    }

    private static boolean isMadeReadonlyLate(MountConfig.Filesystem mount) {
        return mount.flags().contains(MountFlag.READ_ONLY)
                && (mount.type().equals("tmpfs") || mount.destination().equals(DEV));
    }
}
