package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.Mount.Target;
import io.jmigrate.runtime.plan.step.Remount;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Symlink;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps that show a container its cgroups.
 *
 * <p>With a cgroup namespace the kernel confines the view and the filesystems are mounted afresh. Without one, the container's
 * own directories are bound in the places where the hierarchies would be mounted (version 1), as runc does.
 */
final class CgroupSteps {
    private static final Set<MountFlag> HARMLESS = EnumSet.of(MountFlag.NO_SUID, MountFlag.NO_DEV, MountFlag.NO_EXEC);

    private final boolean confined;
    private final boolean newUser;
    private final HostFacts host;

    CgroupSteps(Namespaces namespaces, HostFacts host) {
        this.confined = namespaces.isPrivate(NamespaceKind.CGROUP);
        this.newUser = namespaces.isNew(NamespaceKind.USER);
        this.host = host;
    }

    List<Step> mount(MountConfig.CgroupTree tree) {
        return switch (host.cgroupMode()) {
            case V1 -> mountVersion1(tree);
            case V2 -> List.of(mountVersion2(tree));
        };
    }

    /** A small tmpfs with a directory for each hierarchy, and links for the names of those that hold several controllers. */
    private List<Step> mountVersion1(MountConfig.CgroupTree tree) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Mount(
                "tmpfs",
                tree.destination(),
                "tmpfs",
                HARMLESS,
                tree.propagations().stream().findFirst(),
                "mode=755",
                Target.DIRECTORY));
        for (CgroupPlace place : host.cgroups()) {
            if (!place.isVersion2()) {
                steps.addAll(mountHierarchy(tree, place));
            }
        }
        if (tree.flags().contains(MountFlag.READ_ONLY)) {
            steps.add(new Remount(tree.destination(), with(HARMLESS, MountFlag.READ_ONLY)));
        }
        return steps;
    }

    private List<Step> mountHierarchy(MountConfig.CgroupTree tree, CgroupPlace place) {
        String name = place.mountPoint().getFileName().toString();
        String target = tree.destination() + "/" + name;
        Set<MountFlag> flags =
                tree.flags().contains(MountFlag.READ_ONLY) ? with(HARMLESS, MountFlag.READ_ONLY) : HARMLESS;
        List<Step> steps = new ArrayList<>();
        steps.add(confined ? fresh(place, target, flags) : bind(place, target, flags));
        if (name.contains(",")) {
            for (String controller : place.controllers()) {
                steps.add(new Symlink(tree.destination() + "/" + controller, name));
            }
        }
        return steps;
    }

    private static Mount fresh(CgroupPlace place, String target, Set<MountFlag> flags) {
        String data = String.join(",", place.controllers());
        return new Mount("cgroup", target, "cgroup", flags, Optional.empty(), data, Target.DIRECTORY);
    }

    private static Mount bind(CgroupPlace place, String target, Set<MountFlag> flags) {
        return new Mount(
                place.directory().toString(),
                target,
                "",
                with(with(flags, MountFlag.BIND), MountFlag.RECURSIVE),
                Optional.empty(),
                "",
                Target.DIRECTORY);
    }

    /** In a user namespace that shares the host's cgroup namespace nothing can be mounted afresh, only bound. */
    private Step mountVersion2(MountConfig.CgroupTree tree) {
        Optional<CgroupPlace> place =
                host.cgroups().stream().filter(CgroupPlace::isVersion2).findFirst();
        if (newUser && !confined && place.isPresent()) {
            return new Mount(
                    place.get().mountPoint().toString(),
                    tree.destination(),
                    "",
                    with(with(tree.flags(), MountFlag.BIND), MountFlag.RECURSIVE),
                    tree.propagations().stream().findFirst(),
                    "",
                    Target.DIRECTORY);
        }
        return new Mount(
                "cgroup",
                tree.destination(),
                "cgroup2",
                tree.flags(),
                tree.propagations().stream().findFirst(),
                "",
                Target.DIRECTORY);
    }

    private static Set<MountFlag> with(Set<MountFlag> flags, MountFlag more) {
        Set<MountFlag> all = EnumSet.of(more);
        all.addAll(flags);
        return all;
    }
}
