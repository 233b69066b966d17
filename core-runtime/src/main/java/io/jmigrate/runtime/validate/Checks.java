package io.jmigrate.runtime.validate;

import java.util.List;

/** All checks of a spec, in the order in which their problems are listed. */
final class Checks {
    static final List<Check> OF_SPECS = List.of(
            new Check("version", VersionCheck::check),
            new Check("process", ProcessChecks::check),
            new Check("rootfs", RootChecks::check),
            new Check("root layers", RootLayersChecks::check),
            new Check("mounts", MountChecks::check),
            new Check("namespaces", NamespaceChecks::check),
            new Check("time", TimeChecks::check),
            new Check("names", NamespaceChecks::checkNames),
            new Check("id mappings", IdMappingChecks::check),
            new Check("devices", DeviceChecks::check),
            new Check("resources", ResourceChecks::check),
            new Check("sysctl", SysctlChecks::check),
            new Check("restricted paths", RootChecks::checkRestrictedPaths),
            new Check("scheduling", SchedulingChecks::check),
            new Check("labels", LabelChecks::check),
            new Check("seccomp", SeccompChecks::check),
            new Check("hooks", HookChecks::check),
            new Check("network", NetworkChecks::check),
            new Check("network devices", NetDeviceChecks::check),
            new Check("rights", RightsChecks::check),
            new Check("unsupported fields", UnsupportedFields::check));

    private Checks() {}
}
