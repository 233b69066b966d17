package io.jmigrate.runtime.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.HookConfig;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.Hooks;
import io.jmigrate.runtime.hook.HookRunner;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.plan.HookStates;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        return new HookStates(state(record, CREATING, 0), state(record, CREATED, 0));
    }

    /**
     * Those that set up what the container needs of the host.
     *
     * @throws io.jmigrate.runtime.failure.Failure HOOK_FAILED
     */
    void creating(ContainerRecord record, Hooks hooks, int pid) {
        String state = state(record, CREATING, pid);
        HookRunner runner = new HookRunner(launcher, record.bundle());
        for (HookKind kind : List.of(HookKind.PRESTART, HookKind.CREATE_RUNTIME)) {
            runner.run(kind, hooks.of(kind), state);
        }
    }

    /** Those that fail change nothing any more: there is a warning. */
    void started(ContainerRecord record, Hooks hooks) {
        int pid = record.state().init().orElseThrow().pid();
        attempt(HookKind.POSTSTART, record, hooks, state(record, RUNNING, pid));
    }

    /** Likewise. */
    void removed(ContainerRecord record, Hooks hooks) {
        attempt(HookKind.POSTSTOP, record, hooks, state(record, STOPPED));
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

    /** In runC's order of fields. */
    private static String state(ContainerRecord record, String status, int pid) {
        return text(record, head(record, status).put("pid", pid));
    }

    private static String state(ContainerRecord record, String status) {
        return text(record, head(record, status));
    }

    private static ObjectNode head(ContainerRecord record, String status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ociVersion", record.ociVersion())
                .put("id", record.id().value())
                .put("status", status);
    }

    private static String text(ContainerRecord record, ObjectNode out) {
        out.put("bundle", record.bundle().toString());
        if (!record.annotations().isEmpty()) {
            ObjectNode annotations = out.putObject("annotations");
            record.annotations().forEach(annotations::put);
        }
        return new String(JsonText.compact(out), StandardCharsets.UTF_8);
    }
}
