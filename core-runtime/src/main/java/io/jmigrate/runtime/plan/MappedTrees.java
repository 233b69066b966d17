package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.config.MountedIds;
import io.jmigrate.runtime.plan.step.AttachTree;
import io.jmigrate.runtime.plan.step.Mount.Target;
import io.jmigrate.runtime.plan.step.OpenMappedTree;
import io.jmigrate.runtime.plan.step.Step;
import java.util.List;

/** The two halves of mounts with mapped ids: opened on the host, and attached, in the same order, in the container. */
final class MappedTrees {
    private int attached;

    static List<Step> open(Config config) {
        return config.externalMounts().stream()
                .filter(bind -> bind.ids().isPresent())
                .map(MappedTrees::open)
                .toList();
    }

    private static Step open(MountConfig.Bind bind) {
        MountedIds ids = bind.ids().orElseThrow();
        return new OpenMappedTree(
                bind.source().toString(),
                bind.recursive(),
                ids.recursive(),
                NamespaceSteps.stepMap(ids.mappings().uids()),
                NamespaceSteps.stepMap(ids.mappings().gids()));
    }

    /** The next one. */
    Step attach(MountConfig.Bind bind) {
        return new AttachTree(
                attached++,
                bind.destination(),
                bind.flags(),
                bind.cleared(),
                bind.propagations().stream().findFirst(),
                bind.directory() ? Target.DIRECTORY : Target.FILE);
    }
}
