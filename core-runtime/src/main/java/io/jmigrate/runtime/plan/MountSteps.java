package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.Mount.Target;
import io.jmigrate.runtime.plan.step.ReconfigureMount;
import io.jmigrate.runtime.plan.step.Remount;
import io.jmigrate.runtime.plan.step.SetMountAttributes;
import io.jmigrate.runtime.plan.step.SetPropagation;
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
                case MountConfig.Reconfiguration change when !isLate(change) -> steps.add(reconfiguration(change));
                case MountConfig.Reconfiguration _ -> {}
            }
            int done = mount instanceof MountConfig.Reconfiguration ? 0 : 1;
            mount.propagations().stream()
                    .skip(done)
                    .forEach(further -> steps.add(new SetPropagation(mount.destination(), further)));
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
            if (mount instanceof MountConfig.Reconfiguration change && isLate(change)) {
                steps.add(reconfiguration(change));
            }
        }
        return steps;
    }

    private static Step reconfiguration(MountConfig.Reconfiguration change) {
        return new ReconfigureMount(
                change.destination(), change.mountPoint(), change.flags(), change.cleared(), change.data());
    }

    /** Devices are made after the mounts. */
    private static boolean isLate(MountConfig.Reconfiguration change) {
        return change.flags().contains(MountFlag.READ_ONLY)
                && change.destination().equals(DEV);
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
                bind.propagations().stream().findFirst(),
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
                mount.propagations().stream().findFirst(),
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
