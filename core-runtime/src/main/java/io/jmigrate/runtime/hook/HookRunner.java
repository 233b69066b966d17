package io.jmigrate.runtime.hook;

import io.jmigrate.runtime.config.HookConfig;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.HookName;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Capture;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs hooks in the runtime's namespaces (config.md, "POSIX-platform Hooks"), each with the container's state on its standard input.
 *
 * @param launcher whose children they are
 * @param bundle their working directory
 */
public record HookRunner(Launcher launcher, Path bundle) {
    /**
     * Runs those of a kind one after another.
     *
     * @param state the container's, as JSON
     * @throws Failure HOOK_FAILED for the first that fails; those after it don't run
     */
    public void run(HookKind kind, List<HookConfig> hooks, String state) {
        for (int number = 0; number < hooks.size(); number++) {
            run(new HookName(kind, number, hooks.get(number).path()), hooks.get(number), state);
        }
    }

    /** The same where failing changes nothing: all of them run. @param warnings told of those that fail, a sentence each */
    public void runAll(HookKind kind, List<HookConfig> hooks, String state, Consumer<String> warnings) {
        for (int number = 0; number < hooks.size(); number++) {
            try {
                run(new HookName(kind, number, hooks.get(number).path()), hooks.get(number), state);
            } catch (Failure e) {
                warnings.accept(String.join(": ", sentences(e)));
            }
        }
    }

    private static List<String> sentences(Failure failure) {
        return failure.details().isEmpty()
                ? List.of(failure.getMessage())
                : List.of(failure.getMessage(), String.join("; ", failure.details()));
    }

    private void run(HookName name, HookConfig hook, String state) {
        Launch program = new Launch(
                hook.path(), hook.args(), hook.env(), Optional.of(bundle), Map.of(), false, Optional.empty());
        try {
            Capture end = Capture.run(launcher, program, state, hook.timeout());
            if (end.expired()) {
                throw name.tookTooLong(end.all());
            }
            if (!end.status().success()) {
                throw name.failed(end.status().text(), end.all());
            }
        } catch (LaunchException e) {
            throw name.failed(e.getMessage(), List.of()).withCause(e);
        }
    }
}
