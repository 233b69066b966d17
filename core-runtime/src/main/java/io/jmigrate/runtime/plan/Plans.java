package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.plan.step.AwaitStart;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Compiles configs into plans. Pure: the same arguments give the same plan, and nothing is looked up.
 *
 * <p>The order is what makes a container tight. Mounts with mapped ids are opened while the process is the host's. Kernel parameters are set while the host's /proc is still the one in sight.
 * Mounts are made before the root changes, with paths that can't leave it; masks and read-only paths come after all mounts, so
 * that none of them can lie on top; the working directory is entered after that, inside the new root; the user changes, then the
 * capabilities shrink, and only what the user may see is searched for the program.
 */
public final class Plans {
    private Plans() {}

    /** How a container's first process comes to be, held before its program until the container is started. */
    public static Plan create(Config config, HostFacts host) {
        return create(config, host, Inheritance.PLAIN, HookStates.NONE, RootEntry.PIVOT);
    }

    /**
     * The same, with what the caller hands on.
     *
     * @param states for the hooks that run in the container's namespaces
     * @param entry into the root filesystem
     */
    public static Plan create(
            Config config, HostFacts host, Inheritance inheritance, HookStates states, RootEntry entry) {
        HookSteps hooks = new HookSteps(config, states);
        ProcessSteps process = new ProcessSteps(config, config.process(), host);
        NamespaceSteps namespaces = new NamespaceSteps(config, host.rights());
        List<Step> steps = new ArrayList<>(MappedTrees.open(config));
        steps.addAll(process.joinCgroups(host.cgroups()));
        steps.addAll(process.prepare(config.idMappings()));
        steps.addAll(namespaces.hasNewUser() ? process.limits() : List.of());
        steps.addAll(namespaces.enter());
        steps.add(namespaces.cloneStep());
        steps.addAll(ProcessSteps.sessions(inheritance));
        steps.addAll(namespaces.setUp());
        steps.addAll(new RootSteps(config, host, hooks, entry).steps());
        steps.addAll(namespaces.hasNewUser() ? List.of() : process.limits());
        steps.addAll(ProcessSteps.listen(inheritance));
        steps.addAll(process.become());
        steps.add(new Ready());
        steps.add(new AwaitStart());
        steps.addAll(hooks.beforeTheProgram());
        steps.add(process.execute(inheritance));
        return Plan.of(steps);
    }

    /**
     * How one more process comes to be in a container that is there.
     *
     * @param config of the container
     * @param process what to execute
     * @param init the container's first process, whose namespaces are joined
     * @param host with the container's cgroups
     */
    public static Plan exec(
            Config config, ProcessConfig process, ProcessRef init, HostFacts host, Inheritance inheritance) {
        ProcessSteps own = new ProcessSteps(config, process, host);
        List<Step> steps = new ArrayList<>(own.joinCgroupsOfContainer(host.cgroups()));
        steps.addAll(own.prepare(config.idMappings()));
        steps.addAll(own.limits());
        steps.addAll(NamespaceSteps.follow(config.namespaces(), init, host.rights()));
        steps.add(Clone.of(Set.of()));
        steps.addAll(ProcessSteps.sessions(inheritance));
        steps.addAll(ProcessSteps.terminal(process, false));
        steps.addAll(own.become());
        steps.add(new Ready());
        steps.add(own.execute(inheritance));
        return Plan.of(steps);
    }
}
