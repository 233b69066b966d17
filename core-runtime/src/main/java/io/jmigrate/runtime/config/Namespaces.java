package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.NamespaceKind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A container's namespaces; a kind that isn't there is the runtime's own.
 *
 * @param byKind where each comes from
 */
public record Namespaces(Map<NamespaceKind, Source> byKind) {
    /** Where a namespace comes from. */
    public sealed interface Source {
        /** Made together with the first process. */
        record New() implements Source {}

        /** The container's own, made by the runtime before and kept at a path. */
        record Held(Path path) implements Source {}

        /** Somebody else's, named by the spec. */
        record Joined(Path path) implements Source {}
    }

    public Namespaces {
        Map<NamespaceKind, Source> copy = new EnumMap<>(NamespaceKind.class);
        copy.putAll(byKind);
        byKind = Collections.unmodifiableMap(copy);
    }

    /** The name of a kind in {@code linux.namespaces[].type}. */
    public static String ociName(NamespaceKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The kind of an OCI name, among all that Linux has. */
    public static Optional<NamespaceKind> kindNamed(String ociName) {
        for (NamespaceKind kind : NamespaceKind.values()) {
            if (ociName(kind).equals(ociName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether the container has another one than the runtime. */
    public boolean isPrivate(NamespaceKind kind) {
        return byKind.containsKey(kind);
    }

    /** Whether it is the container's own, made for it: new or held. */
    public boolean isOwn(NamespaceKind kind) {
        return isPrivate(kind) && !(byKind.get(kind) instanceof Source.Joined);
    }

    /** Whether it is to be made together with the first process. */
    public boolean isNew(NamespaceKind kind) {
        return byKind.get(kind) instanceof Source.New;
    }

    /**
     * Whether it belongs to a new user namespace: what is made together with one does (user_namespaces(7)). Only who has rights
     * there may configure it, mount it, or repair sockets in it.
     */
    public boolean belongsToNewUser(NamespaceKind kind) {
        return isNew(kind) && isNew(NamespaceKind.USER);
    }

    /** The path of the one to enter, held or joined. */
    public Optional<Path> path(NamespaceKind kind) {
        return switch (byKind.get(kind)) {
            case Source.Held(Path path) -> Optional.of(path);
            case Source.Joined(Path path) -> Optional.of(path);
            case Source.New _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    /** The kinds to be made together with the first process. */
    public Set<NamespaceKind> created() {
        return kindsWhere(this::isNew);
    }

    /** The kinds to be entered by their paths. */
    public Set<NamespaceKind> entered() {
        return kindsWhere(kind -> path(kind).isPresent());
    }

    /** The same, with one that was to be new now kept at a path. */
    public Namespaces holding(NamespaceKind kind, Path path) {
        if (!isNew(kind)) {
            throw new IllegalArgumentException("not a new namespace: " + ociName(kind));
        }
        Map<NamespaceKind, Source> changed = new EnumMap<>(byKind);
        changed.put(kind, new Source.Held(path));
        return new Namespaces(changed);
    }

    private Set<NamespaceKind> kindsWhere(Predicate<NamespaceKind> condition) {
        Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
        byKind.keySet().stream().filter(condition).forEach(kinds::add);
        return Collections.unmodifiableSet(kinds);
    }
}
