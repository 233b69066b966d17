package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.HookConfig;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.Hooks;
import io.jmigrate.runtime.hook.HookRunner;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.plan.HookStates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Runs a container's hooks that belong in the runtime's namespaces, and says what all of them read of its state. */
final class ContainerHooks {
    private static final String CREATING = new ContainerState.Creating().word();
    private static final String CREATED = "created";
    private static final String RUNNING = "running";
    private static final String STOPPED = "stopped";

    private final Launcher launcher;
    private final Consumer<String> warnings;

    ContainerHooks(Launcher launcher, Consumer<String> warnings) {
        this.launcher = launcher;
        this.warnings = warnings;
    }

    /** For the hooks that the native init runs. */
    static HookStates statesInside(ContainerRecord record) {
        return new HookStates(state(record, CREATING, OptionalInt.of(0)), state(record, CREATED, OptionalInt.of(0)));
    }

    /**
     * Those that set up what the container needs of the host.
     *
     * @throws io.jmigrate.runtime.failure.Failure HOOK_FAILED
     */
    void creating(ContainerRecord record, Hooks hooks, int pid) {
        String state = state(record, CREATING, OptionalInt.of(pid));
        HookRunner runner = new HookRunner(launcher, record.bundle());
        for (HookKind kind : List.of(HookKind.PRESTART, HookKind.CREATE_RUNTIME)) {
            runner.run(kind, hooks.of(kind), state);
        }
    }

    /** Those that fail change nothing any more: there is a warning. */
    void started(ContainerRecord record, Hooks hooks) {
        int pid = record.state().init().orElseThrow().pid();
        attempt(HookKind.POSTSTART, record, hooks, state(record, RUNNING, OptionalInt.of(pid)));
    }

    /** Likewise. */
    void removed(ContainerRecord record, Hooks hooks) {
        attempt(HookKind.POSTSTOP, record, hooks, state(record, STOPPED, OptionalInt.empty()));
    }

    private void attempt(HookKind kind, ContainerRecord record, Hooks hooks, String state) {
        List<HookConfig> ofKind = hooks.of(kind);
        new HookRunner(launcher, record.bundle())
                .runAll(
                        kind,
                        ofKind,
                        state,
                        sentence -> warnings.accept(record.id().inSentence() + ": " + sentence));
    }

    private static String state(ContainerRecord record, String status, OptionalInt pid) {
        return new String(JsonText.compact(OciState.specified(record, status, pid)), StandardCharsets.UTF_8);
    }
}
