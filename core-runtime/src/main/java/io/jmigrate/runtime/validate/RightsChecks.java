package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.IdMapping;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.DeviceRuleSpec;
import io.jmigrate.runtime.spec.MountSpec;
import io.jmigrate.runtime.spec.NamespaceSpec;
import io.jmigrate.runtime.spec.Spec;
import java.util.List;
import java.util.Map;

/** What a user who isn't the host's root can't have. */
final class RightsChecks {
    private static final String NAMESPACES = "$.linux.namespaces";

    /** Filesystems that show a namespace may be mounted by the owner of that namespace alone. */
    private static final Map<String, NamespaceKind> SHOWN =
            Map.of("proc", NamespaceKind.PID, "sysfs", NamespaceKind.NETWORK, "mqueue", NamespaceKind.IPC);

    private RightsChecks() {}

    static void check(Subject subject, Problems problems) {
        if (!subject.running() && !subject.rights().overHost()) {
            checkDeviceRules(subject.spec().linux().resources().devices(), problems);
        }
        if (!subject.running() && subject.rights().isOrdinary()) {
            checkOrdinary(subject.spec(), subject.rights(), problems);
        }
    }

    private static void checkOrdinary(Spec spec, Rights rights, Problems problems) {
        checkNamespaces(spec.linux().namespaces(), problems);
        checkMounts(spec, problems);
        checkGroups(spec, rights, problems);
        if (!spec.linux().netDevices().isEmpty()) {
            problems.invalid("$.linux.netDevices", "is for root: devices of the host would go");
        }
        if (spec.annotations().containsKey(NetworkConfig.ANNOTATION)) {
            problems.invalid(
                    JsonPath.child("$.annotations", NetworkConfig.ANNOTATION),
                    "is for root: it changes the host's network");
        }
    }

    private static void checkNamespaces(List<NamespaceSpec> namespaces, Problems problems) {
        boolean user =
                namespaces.stream().anyMatch(namespace -> namespace.type().equals("user"));
        if (!user) {
            problems.invalid(NAMESPACES, "must have a new user namespace if an ordinary user makes the container");
        }
        for (int i = 0; i < namespaces.size(); i++) {
            NamespaceSpec namespace = namespaces.get(i);
            String path = JsonPath.element(NAMESPACES, i);
            if (namespace.path().isPresent() && !namespace.type().equals("user")) {
                problems.invalid(path + ".path", "is for root: an ordinary user's container joins no namespaces");
            } else if (namespace.type().equals("time")) {
                problems.invalid(path, "is for root: an ordinary user's container has no time namespace");
            }
        }
    }

    private static void checkMounts(Spec spec, Problems problems) {
        for (int i = 0; i < spec.mounts().size(); i++) {
            MountSpec mount = spec.mounts().get(i);
            String path = JsonPath.element("$.mounts", i);
            NamespaceKind shown = SHOWN.get(mount.type().orElse(""));
            if (shown != null
                    && !isBind(mount)
                    && NamespaceChecks.named(spec, shown).isEmpty()) {
                problems.invalid(
                        path,
                        "needs a new " + Namespaces.ociName(shown) + " namespace in " + NAMESPACES
                                + ", or to be a bind mount: only who" + " owns the namespace may mount it anew");
            }
            if (!mount.uidMappings().isEmpty() || !mount.gidMappings().isEmpty()) {
                problems.invalid(path, "is for root: an ordinary user can't map the ids of a mount");
            }
        }
    }

    private static boolean isBind(MountSpec mount) {
        return mount.options().contains("bind") || mount.options().contains("rbind");
    }

    /** Otherwise a user could leave a group that keeps it from something (user_namespaces(7), "setgroups"). */
    private static void checkGroups(Spec spec, Rights rights, Problems problems) {
        boolean given = spec.process()
                .filter(process -> !process.user().additionalGids().isEmpty())
                .isPresent();
        if (given
                && rights.mayMap(
                        spec.linux().gidMappings().stream()
                                .map(IdMapping::resolve)
                                .toList(),
                        rights.gid())) {
            problems.invalid(
                    "$.process.user.additionalGids",
                    "can't be had: the kernel lets nobody set groups where an ordinary user's own is the only one mapped");
        }
    }

    /** Nodes of devices can't be made without root, so that denying all is no question; to take away a single one needs it. */
    private static void checkDeviceRules(List<DeviceRuleSpec> rules, Problems problems) {
        for (int i = 0; i < rules.size(); i++) {
            DeviceRuleSpec rule = rules.get(i);
            boolean single = rule.major().or(rule::minor).isPresent();
            if (!rule.allow() && single) {
                problems.invalid(
                        JsonPath.element("$.linux.resources.devices", i),
                        "is for root: nobody else can deny the use of a device that the container has");
            }
        }
    }
}
