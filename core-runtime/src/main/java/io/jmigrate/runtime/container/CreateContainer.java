package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.AwaitRuntime;
import io.jmigrate.runtime.plan.wire.InitRequest;
import io.jmigrate.runtime.plan.wire.InitSession;
import io.jmigrate.runtime.plan.wire.Interludes;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a container whose init waits for the start. */
public final class CreateContainer {
    /** The container's user must be able to open it, whoever that is; the directory keeps others away. */
    private static final int FIFO_MODE = 0622;

    private final LifecycleHost host;

    CreateContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the id is free. On success the container is created: its namespaces, cgroups, mounts and network are there and
     * its init waits. On failure nothing is left of it; what could not be undone is suppressed in the failure, and {@code delete
     * --force} removes it.
     *
     * @throws Failure ALREADY_EXISTS, INVALID_CONFIG, UNSUPPORTED, CONSOLE, HOOK_FAILED, COMMAND_NOT_FOUND, NOT_EXECUTABLE, INIT_FAILED, IO
     */
    public CreatedContainer create(CreateRequest request) {
        Blueprint blueprint = Blueprint.toCreate(host, request.id(), request.bundle(), request.keepsKeyring());
        request.console().check(blueprint.config().process().terminal().isPresent());
        try (NameLock _ = host.store().lock(request.id())) {
            return Reservation.of(host, blueprint.record()).fill(() -> make(request, blueprint));
        }
    }

    private CreatedContainer make(CreateRequest request, Blueprint blueprint) {
        host.store().keepConfig(request.id(), blueprint.spec());
        RootMount.mount(host.store().root(), blueprint.record());
        try (CgroupKeeper _ = CgroupKeeper.make(host, blueprint)) {
            return make(request, blueprint, host.store().execFifo(request.id()));
        }
    }

    private CreatedContainer make(CreateRequest request, Blueprint blueprint, Path fifo) {
        Descriptors.makeFifo(fifo, FIFO_MODE);
        warn(blueprint);
        Plan plan = InitPlans.create(
                host,
                blueprint,
                request.rootEntry(),
                request.preservedDescriptors().size(),
                request.listenDescriptors());
        try (Fd held = Descriptors.open(fifo, OpenFlag.PATH, OpenFlag.NO_FOLLOW);
                InitSession session = InitSession.start(host.launcher(), initRequest(request, plan, held))) {
            Child init = session.awaitReady(interludes(request, blueprint));
            if (!plan.steps().contains(new AwaitRuntime())) {
                furnishNetwork(blueprint, init);
            }
            ContainerRecord created = complete(blueprint, init);
            PidFile.write(request.pidFile(), created.state().init().orElseThrow());
            PidfdSocket.sendInit(request.pidfdSocket(), init.pid());
            session.proceed();
            return new CreatedContainer(created, init);
        }
    }

    private Interludes interludes(CreateRequest request, Blueprint blueprint) {
        return Interludes.of(
                request.console()::take, new SeccompListener(blueprint.config(), blueprint.record())::hand, process -> {
                    furnishNetwork(blueprint, process);
                    host.hooks().creating(blueprint.record(), blueprint.config().hooks(), process.pid());
                });
    }

    /** A container with fewer rights than it asks for still has to run (config.md, "capabilities"). */
    private void warn(Blueprint blueprint) {
        Config config = blueprint.config();
        host.warnOfIgnored(blueprint.record().id(), config.resources());
        host.warnOfUngranted(
                blueprint.record().id().inSentence(),
                InitPlans.ungranted(
                        host,
                        blueprint.record().cgroup(),
                        config,
                        config.process().capabilities()));
    }

    private InitRequest initRequest(CreateRequest request, Plan plan, Fd fifo) {
        return new InitRequest(
                host.nativeInit(),
                plan,
                InitPlans.streams(plan, request.streams()),
                Optional.of(fifo),
                request.preservedDescriptors());
    }

    /** The init waits in its namespaces. */
    private void furnishNetwork(Blueprint blueprint, Child init) {
        ContainerRecord record = blueprint.record();
        if (blueprint.holdsNetworkNamespace()) {
            HeldNamespace.hold(init.pid(), host.store().networkNamespace(record.id()));
        }
        host.networks().furnish(record, blueprint.config());
    }

    private ContainerRecord complete(Blueprint blueprint, Child init) {
        ContainerRecord record = blueprint.record();
        ProcessRef process = host.processes()
                .find(init.pid())
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.INIT_FAILED, "the init of " + record.id().inSentence() + " has ended"));
        ContainerRecord created = record.in(new ContainerState.Creating().created(process));
        host.store().save(created);
        return created;
    }
}
