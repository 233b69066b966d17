package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.config.SysctlKey;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.Spec;
import java.util.Optional;
import java.util.Set;

/** Kernel parameters: only those of a namespace that isn't the host's may be set. */
final class SysctlChecks {
    private static final String SYSCTL = "$.linux.sysctl";
    /** Of ipc_namespaces(7); those of POSIX message queues begin with {@code fs.mqueue.}. */
    private static final Set<String> OF_IPC = Set.of(
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced");

    private SysctlChecks() {}

    static void check(Subject subject, Problems problems) {
        for (String key : subject.spec().linux().sysctl().keySet()) {
            String path = JsonPath.child(SYSCTL, key);
            if (isPlain(key)) {
                checkScope(path, SysctlKey.dotted(key), subject.spec(), problems);
            } else {
                problems.invalid(path, "is not the name of a kernel parameter");
            }
        }
    }

    /** Each part is the name of a file, so that the key can't lead out of /proc/sys or into another part of it. */
    private static boolean isPlain(String key) {
        for (String name : SysctlKey.file(SysctlKey.dotted(key)).split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static void checkScope(String path, String key, Spec spec, Problems problems) {
        if (key.equals("kernel.hostname")) {
            problems.invalid(path, "is what $.hostname is for");
            return;
        }
        Optional<NamespaceKind> scope = scope(key);
        if (scope.isEmpty()) {
            problems.invalid(path, "would change the host, no namespace has it");
        } else if (!NamespaceChecks.isPrivate(spec, scope.get())) {
            String name = Namespaces.ociName(scope.get());
            problems.invalid(path, "would change the host, the container has no " + name + " namespace of its own");
        }
    }

    private static Optional<NamespaceKind> scope(String key) {
        if (OF_IPC.contains(key) || key.startsWith("fs.mqueue.")) {
            return Optional.of(NamespaceKind.IPC);
        }
        if (key.startsWith("net.")) {
            return Optional.of(NamespaceKind.NETWORK);
        }
        if (key.equals("kernel.domainname")) {
            return Optional.of(NamespaceKind.UTS);
        }
        return key.startsWith("user.") ? Optional.of(NamespaceKind.USER) : Optional.empty();
    }
}
