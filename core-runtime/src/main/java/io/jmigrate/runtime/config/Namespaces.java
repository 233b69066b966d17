package io.jmigrate.runtime.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A container's namespaces; a kind that is in neither group is the runtime's own. */
public final class Namespaces {
    private final Map<NamespaceKind, Optional<Path>> byKind;

    private Namespaces(Map<NamespaceKind, Optional<Path>> byKind) {
        this.byKind = byKind;
    }

    /** An absent path means a new namespace. */
    public static Namespaces of(Map<NamespaceKind, Optional<Path>> byKind) {
        Map<NamespaceKind, Optional<Path>> copy = new EnumMap<>(NamespaceKind.class);
        copy.putAll(byKind);
        return new Namespaces(copy);
    }

    /** Whether the container makes one of its own. */
    public boolean isNew(NamespaceKind kind) {
        Optional<Path> path = byKind.get(kind);
        return path != null && path.isEmpty();
    }

    /** Whether the container has another one than the runtime, made or joined. */
    public boolean isPrivate(NamespaceKind kind) {
        return byKind.containsKey(kind);
    }

    /** The path of the one to join. */
    public Optional<Path> joined(NamespaceKind kind) {
        Optional<Path> path = byKind.get(kind);
        return path == null ? Optional.empty() : path;
    }

    /** The kinds that are new, in the order of {@link NamespaceKind}. */
    public Set<NamespaceKind> created() {
        Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
        byKind.keySet().stream().filter(this::isNew).forEach(kinds::add);
        return Collections.unmodifiableSet(kinds);
    }

    /** The kinds that are joined, in the order of {@link NamespaceKind}. */
    public Set<NamespaceKind> joined() {
        Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
        byKind.keySet().stream().filter(kind -> joined(kind).isPresent()).forEach(kinds::add);
        return Collections.unmodifiableSet(kinds);
    }

    /** The same, with one kind joined by its path. */
    public Namespaces joining(NamespaceKind kind, Path path) {
        Namespaces changed = of(byKind);
        changed.byKind.put(kind, Optional.of(path));
        return changed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Namespaces that && byKind.equals(that.byKind);
    }

    @Override
    public int hashCode() {
        return byKind.hashCode();
    }

    @Override
    public String toString() {
        return byKind.toString();
    }
}
