package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The namespaces of a container that outlive its processes: CRIU leaves them alone at a dump and enters them at a restore. It
 * knows how to do that for network and pid namespaces.
 */
final class ExternalNamespaces {
    private static final Map<NamespaceKind, String> KEYS =
            new EnumMap<>(Map.of(NamespaceKind.NETWORK, "extRootNetNS", NamespaceKind.PID, "extRootPidNS"));

    private ExternalNamespaces() {}

    /**
     * The kinds that are external to CRIU.
     *
     * @throws Failure FEATURE_MISSING if the config joins one of another kind
     */
    static List<NamespaceKind> kinds(Config config) {
        Map<NamespaceKind, Namespaces.Source> byKind = config.namespaces().byKind();
        for (Map.Entry<NamespaceKind, Namespaces.Source> entry : byKind.entrySet()) {
            if (entry.getValue() instanceof Namespaces.Source.Joined(var path) && !KEYS.containsKey(entry.getKey())) {
                throw Failure.of(
                        CriuCode.FEATURE_MISSING,
                        "a container that joins the " + Namespaces.ociName(entry.getKey()) + " namespace " + path
                                + " can't be checkpointed or restored");
            }
        }
        return byKind.keySet().stream()
                .filter(kind -> kind == NamespaceKind.NETWORK
                        ? !config.namespaces().isNew(NamespaceKind.USER)
                        : isJoined(byKind.get(kind)))
                .toList();
    }

    /**
     * Whether CRIU has to be in the container's network namespace itself, so that it is none of the container's own: a tree in a
     * new user namespace has no right to enter a network namespace that was made outside of it (tried: EPERM), but may be born in
     * one. It can't restore TCP connections then. Where both are new CRIU makes them together.
     */
    static boolean isSharedWithCriu(Config config) {
        Namespaces namespaces = config.namespaces();
        return namespaces.isNew(NamespaceKind.USER) && !namespaces.isNew(NamespaceKind.NETWORK);
    }

    private static boolean isJoined(Namespaces.Source source) {
        return source instanceof Namespaces.Source.Joined;
    }

    /** What a restore enters the namespace by. */
    static String key(NamespaceKind kind) {
        return KEYS.get(kind);
    }

    /** For a dump: {@code net[4026532281]:extRootNetNS} (criu(8), {@code --external}). */
    static String forDump(NamespaceKind kind, long inode) {
        return kind.procName() + "[" + inode + "]:" + key(kind);
    }
}
