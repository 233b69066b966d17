package io.jmigrate.runtime.spec;

import java.util.List;

/** The {@code hooks} object (config.md, "POSIX-platform Hooks"), each list in its order. */
public record HooksSpec(
        List<HookSpec> prestart,
        List<HookSpec> createRuntime,
        List<HookSpec> createContainer,
        List<HookSpec> startContainer,
        List<HookSpec> poststart,
        List<HookSpec> poststop) {
    /** What an absent section amounts to. */
    public static final HooksSpec NONE =
            new HooksSpec(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
}
