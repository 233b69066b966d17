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
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes what a container consists of, up to an init that waits for the start. Its id has been taken; under its lock. */
final class MakeContainer {
    /** The container's user must be able to open it, whoever that is; the directory keeps others away. */
    private static final int FIFO_MODE = 0622;

    private final LifecycleHost host;
    private final CreateRequest request;
    private final Blueprint blueprint;

    MakeContainer(LifecycleHost host, CreateRequest request, Blueprint blueprint) {
        this.host = host;
        this.request = request;
        this.blueprint = blueprint;
    }

    /** @param keep saves the created container, before its init learns that it is one; if this fails nothing has been undone */
    CreatedContainer run(Consumer<ContainerRecord> keep) {
        host.store().keepConfig(request.id(), blueprint.spec());
        RootMount.mount(host.store().root(), blueprint.record());
        try (CgroupKeeper _ = CgroupKeeper.make(host, blueprint)) {
            return make(keep, host.store().execFifo(request.id()));
        }
    }

    private CreatedContainer make(Consumer<ContainerRecord> keep, Path fifo) {
        Descriptors.makeFifo(fifo, FIFO_MODE);
        warn();
        Plan plan = InitPlans.create(
                host,
                blueprint,
                request.rootEntry(),
                request.preservedDescriptors().size(),
                request.listenDescriptors());
        try (Fd held = Descriptors.open(fifo, OpenFlag.PATH, OpenFlag.NO_FOLLOW);
                InitSession session = InitSession.start(host.launcher(), initRequest(plan, held))) {
            Child init = session.awaitReady(interludes());
            if (!plan.steps().contains(new AwaitRuntime())) {
                furnishNetwork(init);
            }
            ContainerRecord created = complete(init);
            keep.accept(created);
            PidFile.write(request.pidFile(), created.state().init().orElseThrow());
            PidfdSocket.sendInit(request.pidfdSocket(), init.pid());
            session.proceed();
            return new CreatedContainer(created, init);
        }
    }

    private Interludes interludes() {
        return Interludes.of(
                request.console()::take, new SeccompListener(blueprint.config(), blueprint.record())::hand, process -> {
                    furnishNetwork(process);
                    host.hooks().creating(blueprint.record(), blueprint.config().hooks(), process.pid());
                });
    }

    /** A container with fewer rights than it asks for still has to run (config.md, "capabilities"). */
    private void warn() {
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

    private InitRequest initRequest(Plan plan, Fd fifo) {
        return new InitRequest(
                host.nativeInit(),
                plan,
                InitPlans.streams(plan, request.streams()),
                Optional.of(fifo),
                request.preservedDescriptors());
    }

    /** The init waits in its namespaces. */
    private void furnishNetwork(Child init) {
        ContainerRecord record = blueprint.record();
        if (blueprint.holdsNetworkNamespace()) {
            HeldNamespace.hold(init.pid(), host.store().networkNamespace(record.id()));
        }
        host.networks().furnish(record, blueprint.config());
    }

    private ContainerRecord complete(Child init) {
        ContainerRecord record = blueprint.record();
        ProcessRef process = host.processes()
                .find(init.pid())
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.INIT_FAILED, "the init of " + record.id().inSentence() + " has ended"));
        return record.in(new ContainerState.Creating().created(process));
    }
}
