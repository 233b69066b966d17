package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.MountSpec;
import io.jmigrate.runtime.spec.Spec;

/** Mounts whose files' ids are mapped (config.md, "uidMappings" of a mount). */
final class MappedMountChecks {
    private MappedMountChecks() {}

    /**
     * @param path of the mount
     * @param bind whether it is a bind mount
     * @param option whether it has one of the options that ask for it
     */
    static void check(Spec spec, MountSpec mount, String path, boolean bind, boolean option, Problems problems) {
        boolean ownMaps = !mount.uidMappings().isEmpty() || !mount.gidMappings().isEmpty();
        if (!ownMaps && !option) {
            return;
        }
        if (!bind) {
            problems.invalid(path, "only the ids of a bind mount can be mapped");
        }
        if (ownMaps && (mount.uidMappings().isEmpty() || mount.gidMappings().isEmpty())) {
            problems.invalid(path, "uidMappings and gidMappings need each other");
        }
        if (!ownMaps && NamespaceChecks.named(spec, NamespaceKind.USER).isEmpty()) {
            problems.invalid(
                    path + ".options",
                    "mapped ids need uidMappings and gidMappings of the mount, or a user namespace in"
                            + " $.linux.namespaces whose maps they take");
        }
        IdMappingChecks.checkRanges(path + ".uidMappings", mount.uidMappings(), problems);
        IdMappingChecks.checkRanges(path + ".gidMappings", mount.gidMappings(), problems);
    }
}
