package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.Capabilities;
import io.jmigrate.runtime.config.CgroupMode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.plan.Inheritance;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.Plans;
import io.jmigrate.runtime.plan.RootEntry;
import io.jmigrate.runtime.plan.step.Terminal;
import io.jmigrate.runtime.seccomp.FilterCompiler;
import io.jmigrate.runtime.seccomp.SeccompFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds what the host has to a config and has the plan compiled. */
final class InitPlans {
    private static final Path LAST_CAPABILITY = Path.of("/proc/sys/kernel/cap_last_cap");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String BOUNDING = "CapBnd";

    private InitPlans() {}

    static Plan create(
            LifecycleHost host, Blueprint blueprint, RootEntry entry, int preservedDescriptors, int listenDescriptors) {
        return Plans.create(
                blueprint.config(),
                facts(host, blueprint.record().cgroup(), filter(host, blueprint.config())),
                new Inheritance(
                        preservedDescriptors,
                        listenDescriptors,
                        blueprint.record().keyring()),
                ContainerHooks.statesInside(blueprint.record()),
                entry);
    }

    static Plan exec(
            LifecycleHost host,
            ContainerRecord record,
            CgroupPaths cgroup,
            Config config,
            ProcessConfig process,
            ProcessRef init,
            int preservedDescriptors) {
        return Plans.exec(
                config,
                process,
                init,
                facts(host, cgroup, filter(host, config)),
                new Inheritance(preservedDescriptors, 0, record.keyring()));
    }

    /** Who has a terminal gets none of the caller's streams. */
    static Map<Integer, Fd> streams(Plan plan, StandardStreams given) {
        return plan.steps().stream().anyMatch(Terminal.class::isInstance) ? Map.of() : given.byNumber();
    }

    /** The names of those capabilities that a process can't be given here. */
    static List<String> ungranted(LifecycleHost host, CgroupPaths cgroup, Config config, Capabilities wanted) {
        long grantable = facts(host, cgroup, Optional.empty()).grantable(config.namespaces());
        return Stream.concat(Capabilities.namesIn(wanted.all() & ~grantable).stream(), wanted.unknown().stream())
                .toList();
    }

    private static Optional<SeccompFilter> filter(LifecycleHost host, Config config) {
        return config.seccomp()
                .map(profile -> FilterCompiler.in(host.nativeInit().getParent()).compile(profile));
    }

    private static HostFacts facts(LifecycleHost host, CgroupPaths cgroup, Optional<SeccompFilter> filter) {
        CgroupMode mode = cgroup.isUnified() ? CgroupMode.V2 : CgroupMode.V1;
        return new HostFacts(mode, cgroup.places(), lastCapability(), boundingSet(), filter, host.rights());
    }

    private static int lastCapability() {
        return Integer.parseInt(lines(LAST_CAPABILITY).getFirst().strip());
    }

    private static long boundingSet() {
        try {
            return ProcStatus.read(STATUS)
                    .mask(BOUNDING)
                    .orElseThrow(() -> Failure.of(RuntimeCode.IO, STATUS + " has no line " + BOUNDING + ":"));
        } catch (IOException e) {
            throw unreadable(STATUS, e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Failure unreadable(Path file, IOException cause) {
        return Failure.of(RuntimeCode.IO, "cannot read " + file + ": " + IoReason.of(cause))
                .withCause(cause);
    }
}
