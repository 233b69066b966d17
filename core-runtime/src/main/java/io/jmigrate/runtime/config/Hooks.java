package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.HookSpec;
import io.jmigrate.runtime.spec.HooksSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A container's hooks, those of each kind in the order in which they run. */
public record Hooks(Map<HookKind, List<HookConfig>> byKind) {
    public static final Hooks NONE = new Hooks(Map.of());

    public Hooks {
        byKind = Map.copyOf(byKind);
    }

    static Hooks resolve(HooksSpec spec) {
        Map<HookKind, List<HookConfig>> byKind = new EnumMap<>(HookKind.class);
        byKind.put(HookKind.PRESTART, all(spec.prestart()));
        byKind.put(HookKind.CREATE_RUNTIME, all(spec.createRuntime()));
        byKind.put(HookKind.CREATE_CONTAINER, all(spec.createContainer()));
        byKind.put(HookKind.START_CONTAINER, all(spec.startContainer()));
        byKind.put(HookKind.POSTSTART, all(spec.poststart()));
        byKind.put(HookKind.POSTSTOP, all(spec.poststop()));
        return new Hooks(byKind);
    }

    private static List<HookConfig> all(List<HookSpec> specs) {
        return specs.stream().map(HookConfig::resolve).toList();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byKind.values().stream().allMatch(List::isEmpty);
    }

    public List<HookConfig> of(HookKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }
}
