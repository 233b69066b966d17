package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import java.util.Objects;

/** Looks at a container as a checkpoint does before it freezes it, and changes nothing. */
public final class ExamineContainer {
    private final Containers containers;

    /** @param containers of the runtime root */
    public ExamineContainer(Containers containers) {
        this.containers = Objects.requireNonNull(containers);
    }

    /**
     * What a checkpoint that began now would meet.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, FEATURE_MISSING, WRONG_STATE if it ends meanwhile
     */
    public Outlook run(ContainerId id) {
        return run(id, TreeOptions.NONE);
    }

    /** The same for a checkpoint with options. */
    public Outlook run(ContainerId id, TreeOptions options) {
        ContainerRecord record = containers.inspect(id);
        return switch (record.state()) {
            case ContainerState.Running running -> examined(id, running.word(), options);
            case ContainerState.Paused paused when paused.started() -> examined(id, paused.word(), options);
            case ContainerState other -> new Outlook.OutOfState(other.word());
        };
    }

    private Outlook examined(ContainerId id, String state, TreeOptions options) {
        ContainerTarget target = ContainerTarget.of(containers, id);
        return ExaminedConfig.of(() -> CriuConfig.of(target.record().annotations(), false, options, _ -> {}))
                .outlook(state, target, options);
    }
}
