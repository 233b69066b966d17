package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.obstacle.DumpAllowance;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.store.NameLock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Dumps a container into an image directory.
 *
 * <p>Prerequisite: the container runs or is paused. On success the images are complete, and the container goes on as it was if that was
 * asked for, else it is gone, deleted with all that the runtime made for it, as runC does it. On failure the container runs on, or
 * stays paused, as before, and of the image directory only the log is left; if the tree was killed after a complete dump and something failed then, the images are kept
 * and the message says so.
 */
public final class CheckpointContainer {
    private final Containers containers;
    private final Launcher launcher;
    private final CriuBinary criu;
    private final Function<ContainerId, Optional<HeirCommand>> heirs;

    /**
     * @param containers of the runtime root
     * @param launcher starts CRIU
     * @param criu which one
     */
    public CheckpointContainer(Containers containers, Launcher launcher, CriuBinary criu) {
        this(containers, launcher, criu, _ -> Optional.empty());
    }

    private CheckpointContainer(
            Containers containers,
            Launcher launcher,
            CriuBinary criu,
            Function<ContainerId, Optional<HeirCommand>> heirs) {
        this.containers = Objects.requireNonNull(containers);
        this.launcher = Objects.requireNonNull(launcher);
        this.criu = Objects.requireNonNull(criu);
        this.heirs = heirs;
    }

    /**
     * The same, with somebody who lets a container go on if this process is killed during its dump.
     *
     * @param command does what {@link SettleContainer} does
     */
    public CheckpointContainer withHeir(Function<ContainerId, HeirCommand> command) {
        return new CheckpointContainer(containers, launcher, criu, id -> Optional.of(command.apply(id)));
    }

    /**
     * Dumps, and ends the container or leaves it running, as the request says.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE, CRIU_MISSING, CRIU_TOO_OLD, FEATURE_MISSING, CRIU_CONFIG, UNDUMPABLE,
     *     IMAGES_INVALID, NO_SPACE, PAGE_SERVER, DUMP_FAILED
     */
    public Checkpoint run(CheckpointRequest request) {
        DumpVerdict verdict = request.leaveRunning() ? DumpVerdict.THAW : DumpVerdict.KILL;
        return run(request, _ -> verdict);
    }

    /**
     * Dumps, and lets the listener decide while the tree is frozen. A verdict that thaws the tree is no failure: the images are
     * complete and kept.
     *
     * @throws Failure as above, or whatever the listener throws: the container goes on as it was then
     */
    public Checkpoint run(CheckpointRequest request, DumpListener listener) {
        if (listener.memory() == LeftMemory.NONE) {
            try (CompletedImages images = new CompletedImages(listener, request.leaveRunning())) {
                return run(request, images);
            }
        }
        Checkpoint checkpoint;
        try (NameLock _ = containers.store().lock(request.container())) {
            SettleContainer.settle(containers, request.container());
            ContainerTarget target =
                    ContainerTarget.of(containers, request.container(), request.handover(), request.apart());
            CriuConfig config =
                    CriuConfig.of(target.record().annotations(), false, request.options(), containers::warn);
            try (Succession succession = succession(request, target)) {
                checkpoint = new TreeDump(launcher, criu, request, target, config, succession).run(listener);
            }
        }
        if (checkpoint.verdict() == DumpVerdict.KILL) {
            if (request.handover()) { // else whoever restores it here does that
                containers.store().find(request.container()).ifPresent(dead -> new LeftConnectionLock(containers, dead)
                        .deleteOfKilled());
            }
            containers.delete().delete(new DeleteRequest(request.container(), true));
        }
        return checkpoint;
    }

    private Succession succession(CheckpointRequest request, ContainerTarget target) {
        DumpMark mark = DumpMark.of(containers.store(), request.container());
        if (request.handover()) {
            return Succession.ofLeaving(mark);
        }
        return Succession.of(mark, target.isPaused(), heirs.apply(request.container()));
    }

    /**
     * What is in a container that can't be dumped, a sentence each, as far as it can be known without a dump; empty if
     * nothing is.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE, FEATURE_MISSING, CRIU_CONFIG
     */
    public List<String> obstacles(ContainerId container) {
        ContainerTarget target = ContainerTarget.of(containers, container);
        CriuConfig config = CriuConfig.of(target.record().annotations(), false, TreeOptions.NONE, _ -> {});
        return target.look(DumpAllowance.of(TreeOptions.NONE, config)).obstacles();
    }
}
