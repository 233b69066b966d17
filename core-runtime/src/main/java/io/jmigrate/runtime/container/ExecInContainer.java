package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.Capabilities;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.wire.InitRequest;
import io.jmigrate.runtime.plan.wire.InitSession;
import io.jmigrate.runtime.plan.wire.Interludes;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Executes one more process in a container. */
public final class ExecInContainer {
    private final LifecycleHost host;

    ExecInContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container is created or running, or paused if that is to be ignored. On success the process has become its program, in the container's
     * namespaces and cgroups. On failure there is no such process and the container is as it was.
     *
     * @return the process, a child of the launcher's process; whoever wants its exit code waits for it, unless it is
     *     detached
     * @throws Failure NOT_FOUND, WRONG_STATE, GIVEN_AWAY, INVALID_CONFIG, CONSOLE, COMMAND_NOT_FOUND, NOT_EXECUTABLE, INIT_FAILED
     */
    public Child exec(ExecRequest request) {
        ContainerRecord seen = host.status().refresh(host.store().load(request.id()));
        DepartureMark.refuse(host.store(), seen, "exec in");
        if (request.ignoresPaused() && seen.state() instanceof ContainerState.Paused paused) {
            return exec(request, seen, paused.process()); // without the lock, which resuming needs
        }
        try (NameLock _ = host.store().lock(request.id())) {
            ContainerRecord record = host.status().refresh(host.store().load(request.id()));
            DepartureMark.refuse(host.store(), record, "exec in");
            return switch (record.state()) {
                case ContainerState.Created created -> exec(request, record, created.process());
                case ContainerState.Running running -> exec(request, record, running.process());
                case ContainerState.Creating _, ContainerState.Paused _, ContainerState.Stopped _ ->
                    throw Refusal.of("exec in", record);
            };
        }
    }

    private Child exec(ExecRequest request, ContainerRecord record, ProcessRef init) {
        Config config = host.store().config(record);
        ProcessConfig process = ExecProcesses.resolve(config, request.process());
        request.console().check(process.terminal().isPresent());
        checkCapabilities(record, config, request.process(), process.capabilities());
        CgroupPaths cgroup = SubCgroups.below(record.cgroup(), request.subCgroups());
        Plan plan = InitPlans.exec(
                host,
                record,
                cgroup,
                config,
                process,
                init,
                request.preservedDescriptors().size());
        InitRequest started = new InitRequest(
                host.nativeInit(),
                plan,
                InitPlans.streams(plan, request.streams()),
                Optional.empty(),
                request.preservedDescriptors());
        try (InitSession session = InitSession.start(host.launcher(), started)) {
            Child child = session.awaitReady(
                    Interludes.of(request.console()::take, new SeccompListener(config, record)::hand));
            writePidFile(request, child);
            PidfdSocket.sendExecuted(request.pidfdSocket(), child.pid());
            if (request.detached()) {
                host.launcher().leaveChildren();
            }
            session.proceed();
            session.awaitExecuted();
            return child;
        }
    }

    /** What the container's own process does not get, no other needs; what is asked for by name must be there. */
    private void checkCapabilities(ContainerRecord record, Config config, ExecProcess process, Capabilities resolved) {
        switch (process) {
            case ExecProcess.Described(Path file) ->
                host.warnOfUngranted(
                        "the process that " + file + " describes",
                        InitPlans.ungranted(host, record.cgroup(), config, resolved));
            case ExecProcess.Like like ->
                refuse(InitPlans.ungranted(
                        host, record.cgroup(), config, Capabilities.NONE.adding(like.capabilities())));
        }
    }

    private static void refuse(List<String> ungranted) {
        if (!ungranted.isEmpty()) {
            throw Failure.of(
                    RuntimeCode.PERMISSION,
                    "cannot grant " + String.join(", ", ungranted) + ": this host does not have it to give");
        }
    }

    private void writePidFile(ExecRequest request, Child child) {
        ProcessRef process = host.processes()
                .find(child.pid())
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.INIT_FAILED,
                        "the process in " + request.id().inSentence() + " has ended before it was executed"));
        PidFile.write(request.pidFile(), process);
    }
}
