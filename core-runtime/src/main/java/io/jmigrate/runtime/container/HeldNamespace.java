package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Mounts;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkNamespace;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.LoopbackUp;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.wire.InitRequest;
import io.jmigrate.runtime.plan.wire.InitSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps a network namespace alive, and reachable by a path, through a bind mount. {@link ContainerRemains} takes it away. */
final class HeldNamespace {
    private HeldNamespace() {}

    /** Holds the network namespace of a process. */
    static void hold(int pid, Path file) {
        try {
            Files.createFile(file);
            Mounts.bind(Namespaces.path(pid, NamespaceKind.NETWORK), file, false);
        } catch (IOException | LinuxException e) {
            throw Failure.of(RuntimeCode.IO, "cannot hold the network namespace at " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Holds the network namespace that was made together with a process, and brings its loopback up. */
    static void take(int pid, Path file) {
        hold(pid, file);
        NetworkAttachment.loopbackUp(new NetworkNamespace(file));
    }

    /** Makes a network namespace without a process: one is made in it, and ended as soon as the namespace is held. */
    static void make(Launcher launcher, Path nativeInit, Path file) {
        Plan plan = Plan.of(List.of(
                Clone.of(Set.of(NamespaceKind.NETWORK)),
                new LoopbackUp(),
                new Ready(),
                new Execute(List.of("unreached"), List.of(), 0)));
        InitRequest request = new InitRequest(nativeInit, plan, Map.of(), Optional.empty(), List.of());
        try (InitSession session = InitSession.start(launcher, request)) {
            hold(session.awaitReady().pid(), file);
        }
    }
}
