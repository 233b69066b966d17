package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HookConfig;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.plan.step.AwaitRuntime;
import io.jmigrate.runtime.plan.step.RunHook;
import io.jmigrate.runtime.plan.step.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that run hooks, or let the runtime run them (runtime.md, "Lifecycle"). */
final class HookSteps {
    private final Config config;
    private final HookStates states;

    HookSteps(Config config, HookStates states) {
        this.config = config;
        this.states = states;
    }

    /** When the container's mounts are made and the host's files still are in sight. */
    List<Step> whileCreating() {
        List<Step> steps = new ArrayList<>();
        if (awaitsRuntime()) {
            steps.add(new AwaitRuntime());
        }
        steps.addAll(steps(HookKind.CREATE_CONTAINER, states.creating(), Optional.of(config.bundle())));
        return steps;
    }

    /** Hooks find the container's network as it will be (config.md, "Hooks": the runtime environment has been created). */
    private boolean awaitsRuntime() {
        return !config.hooks().of(HookKind.PRESTART).isEmpty()
                || !config.hooks().of(HookKind.CREATE_RUNTIME).isEmpty()
                || !config.hooks().of(HookKind.CREATE_CONTAINER).isEmpty() && config.hasInterfaces();
    }

    /** When the container is started. */
    List<Step> beforeTheProgram() {
        return steps(HookKind.START_CONTAINER, states.created(), Optional.empty());
    }

    private List<Step> steps(HookKind kind, String state, Optional<Path> cwd) {
        List<Step> steps = new ArrayList<>();
        for (HookConfig hook : config.hooks().of(kind)) {
            steps.add(new RunHook(
                    steps.size(),
                    hook.path(),
                    hook.args(),
                    hook.env(),
                    (int) hook.timeout().map(Duration::toSeconds).orElse(0L).longValue(),
                    cwd,
                    HookStates.beforePid(state),
                    HookStates.afterPid(state)));
        }
        return steps;
    }
}
