package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.NamespaceSpec;
import io.jmigrate.runtime.spec.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The namespaces, and the names that are set in them. */
final class NamespaceChecks {
    private static final String NAMESPACES = "$.linux.namespaces";

    /** __NEW_UTS_LEN of the kernel. */
    private static final int UTS_NAME_BYTES_MAX = 64;

    private NamespaceChecks() {}

    static void check(Subject subject, Problems problems) {
        List<NamespaceSpec> namespaces = subject.spec().linux().namespaces();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < namespaces.size(); i++) {
            NamespaceSpec namespace = namespaces.get(i);
            String path = JsonPath.element(NAMESPACES, i);
            if (!namespace.type().isEmpty()) {
                checkType(path + ".type", namespace.type(), seen.add(namespace.type()), problems);
            }
            namespace.path().ifPresent(value -> checkPath(path + ".path", value, subject.running(), problems));
        }
        checkMount(subject.spec(), problems);
    }

    private static void checkType(String path, String type, boolean first, Problems problems) {
        Optional<NamespaceKind> kind = Namespaces.kindNamed(type);
        if (kind.isEmpty()) {
            problems.invalid(path, "is not a namespace: " + JsonPath.quote(type));
        } else if (!first) {
            problems.invalid(path, "is given twice: " + type);
        }
    }

    private static void checkPath(String path, String value, boolean running, Problems problems) {
        try {
            if (!Path.of(value).isAbsolute()) {
                problems.invalid(path, "must be an absolute path, is " + JsonPath.quote(value));
            } else if (!running && !Files.exists(Path.of(value))) {
                problems.invalid(path, "does not exist: " + value);
            }
        } catch (InvalidPathException _) {
            problems.invalid(path, "is not a path: " + JsonPath.quote(value));
        }
    }

    private static void checkMount(Spec spec, Problems problems) {
        Optional<NamespaceSpec> mount = named(spec, NamespaceKind.MOUNT);
        if (mount.isEmpty()) {
            problems.unsupported(NAMESPACES, "a container without a mount namespace of its own is not supported");
        } else if (mount.get().path().isPresent()) {
            int index = spec.linux().namespaces().indexOf(mount.get());
            problems.unsupported(
                    JsonPath.element(NAMESPACES, index) + ".path", "joining a mount namespace is not supported");
        }
    }

    /** Host and domain name need a UTS namespace, else they would be the host's. */
    static void checkNames(Subject subject, Problems problems) {
        Spec spec = subject.spec();
        spec.hostname().ifPresent(name -> checkName(spec, "$.hostname", name, problems));
        spec.domainname().ifPresent(name -> checkName(spec, "$.domainname", name, problems));
    }

    private static void checkName(Spec spec, String path, String name, Problems problems) {
        if (named(spec, NamespaceKind.UTS).isEmpty()) {
            problems.invalid(path, "needs a uts namespace in " + NAMESPACES);
        } else if (!isPrivate(spec, NamespaceKind.UTS)) {
            problems.invalid(path, "would change the host: " + NAMESPACES + " joins its uts namespace");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > UTS_NAME_BYTES_MAX) {
            problems.invalid(path, "is longer than " + UTS_NAME_BYTES_MAX + " bytes");
        }
    }

    /** Whether the container has a namespace of a kind that is not the runtime's own, be it new or joined. */
    static boolean isPrivate(Spec spec, NamespaceKind kind) {
        Optional<NamespaceSpec> namespace = named(spec, kind);
        return namespace.isPresent()
                && namespace
                        .flatMap(NamespaceSpec::path)
                        .filter(path -> isRuntimes(path, kind))
                        .isEmpty();
    }

    /** A path that can't be looked at is refused by {@link #check}. */
    private static boolean isRuntimes(String path, NamespaceKind kind) {
        try {
            return Files.isSameFile(Path.of(path), Path.of("/proc/self/ns", kind.procName()));
        } catch (IOException | InvalidPathException _) {
            return false;
        }
    }

    /** The namespace of a kind that a spec asks for. */
    static Optional<NamespaceSpec> named(Spec spec, NamespaceKind kind) {
        return spec.linux().namespaces().stream()
                .filter(namespace -> namespace.type().equals(Namespaces.ociName(kind)))
                .findFirst();
    }
}
