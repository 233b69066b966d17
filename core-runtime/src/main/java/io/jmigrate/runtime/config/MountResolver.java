package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.MountSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Resolves mounts. */
final class MountResolver {
    private static final String BIND_TYPE = "bind";

    /** The type by which a config asks for the cgroup tree, whatever the host's version. */
    private static final String CGROUP_TYPE = "cgroup";

    private final Path bundle;
    private final IdMappings containers;

    private MountResolver(Path bundle, IdMappings containers) {
        this.bundle = bundle;
        this.containers = containers;
    }

    /** @param containers the id maps of the container's user namespace */
    static List<MountConfig> resolve(Path bundle, List<MountSpec> specs, IdMappings containers) {
        MountResolver resolver = new MountResolver(bundle, containers);
        return specs.stream().map(resolver::resolve).toList();
    }

    private MountConfig resolve(MountSpec spec) {
        MountOptions options = MountOptions.parse(spec.options());
        String destination = ContainerPath.clean(spec.destination());
        String type = spec.type().orElse("");
        if (options.remount()) {
            return new MountConfig.Reconfiguration(
                    destination,
                    options.bind() || type.equals(BIND_TYPE),
                    options.flags(),
                    options.cleared(),
                    options.tree(),
                    options.data(),
                    options.propagations());
        }
        if (options.bind() || type.equals(BIND_TYPE)) {
            Path source = bundle.resolve(spec.source().orElse(""));
            return new MountConfig.Bind(
                    source,
                    destination,
                    Files.isDirectory(source),
                    options.recursive(),
                    ids(spec, options),
                    options.flags(),
                    options.cleared(),
                    options.tree(),
                    options.propagations());
        }
        if (type.equals(CGROUP_TYPE)) {
            return new MountConfig.CgroupTree(destination, options.flags(), options.tree(), options.propagations());
        }
        return new MountConfig.Filesystem(
                type,
                spec.source().orElse(type),
                destination,
                options.flags(),
                options.tree(),
                options.data(),
                options.copiesUp(),
                options.propagations());
    }

    /** Without maps of its own the mount has the container's. */
    private Optional<MountedIds> ids(MountSpec spec, MountOptions options) {
        if (spec.uidMappings().isEmpty() && !options.mapsIds()) {
            return Optional.empty();
        }
        IdMappings mappings =
                spec.uidMappings().isEmpty() ? containers : IdMappings.resolve(spec.uidMappings(), spec.gidMappings());
        return Optional.of(new MountedIds(mappings, options.mapsTree()));
    }
}
