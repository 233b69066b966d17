package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.linux.Propagation;
import io.jmigrate.runtime.plan.step.BindRoot;
import io.jmigrate.runtime.plan.step.MakeDirectory;
import io.jmigrate.runtime.plan.step.MaskPath;
import io.jmigrate.runtime.plan.step.ReadonlyPath;
import io.jmigrate.runtime.plan.step.RemountRootReadonly;
import io.jmigrate.runtime.plan.step.RootPropagation;
import io.jmigrate.runtime.plan.step.RootfsPropagation;
import io.jmigrate.runtime.plan.step.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The steps from the host's view of files to the container's. */
final class RootSteps {
    /** What the mounts of a new mount namespace are by then already: nothing spreads to the host. */
    private static final Set<Propagation> CONFINED =
            EnumSet.of(Propagation.PRIVATE, Propagation.RPRIVATE, Propagation.SLAVE, Propagation.RSLAVE);

    private static final int DIRECTORY_MODE = 0755;

    private final Config config;
    private final HostFacts host;
    private final HookSteps hooks;
    private final RootEntry entry;

    RootSteps(Config config, HostFacts host, HookSteps hooks, RootEntry entry) {
        this.config = config;
        this.host = host;
        this.hooks = hooks;
        this.entry = entry;
    }

    List<Step> steps() {
        MountSteps mounts = new MountSteps(config, host);
        List<Step> steps = new ArrayList<>();
        steps.add(
                new RootPropagation(whileMounting(config.rootfs().propagation().orElse(Propagation.RSLAVE))));
        steps.add(new BindRoot(config.rootfs().path()));
        steps.addAll(mounts.mount());
        steps.addAll(new DeviceSteps(config).steps());
        steps.addAll(workingDirectory());
        steps.addAll(hooks.whileCreating());
        steps.addAll(ProcessSteps.terminal(config.process(), true));
        steps.addAll(mounts.makeReadonly());
        steps.add(entry.step());
        steps.addAll(restrict());
        return steps;
    }

    /** What is not bindable can't be bound where a container needs it: it becomes so at the end. */
    private static Propagation whileMounting(Propagation propagation) {
        return switch (propagation) {
            case UNBINDABLE -> Propagation.SLAVE;
            case RUNBINDABLE -> Propagation.RSLAVE;
            default -> propagation;
        };
    }

    /** As runc does: a working directory that isn't there is made. */
    private List<Step> workingDirectory() {
        String cwd = config.process().cwd();
        return cwd.equals("/") ? List.of() : List.of(new MakeDirectory(cwd, DIRECTORY_MODE));
    }

    private List<Step> restrict() {
        List<Step> steps = new ArrayList<>();
        if (config.rootfs().readonly()) {
            steps.add(new RemountRootReadonly());
        }
        config.readonlyPaths().forEach(path -> steps.add(new ReadonlyPath(path)));
        config.maskedPaths().forEach(path -> steps.add(new MaskPath(path)));
        config.rootfs()
                .propagation()
                .filter(propagation -> !CONFINED.contains(propagation))
                .ifPresent(propagation -> steps.add(new RootfsPropagation(propagation)));
        return steps;
    }
}
