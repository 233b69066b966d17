package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.MountSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Resolves mounts. */
final class MountResolver {
    private static final String BIND_TYPE = "bind";

    /** The type by which a config asks for the cgroup tree, whatever the host's version. */
    private static final String CGROUP_TYPE = "cgroup";

    private MountResolver() {}

    static List<MountConfig> resolve(Path bundle, List<MountSpec> specs) {
        return specs.stream().map(spec -> resolve(bundle, spec)).toList();
    }

    private static MountConfig resolve(Path bundle, MountSpec spec) {
        MountOptions options = MountOptions.parse(spec.options());
        String destination = ContainerPath.clean(spec.destination());
        String type = spec.type().orElse("");
        if (options.bind() || type.equals(BIND_TYPE)) {
            Path source = bundle.resolve(spec.source().orElse(""));
            return new MountConfig.Bind(
                    source,
                    destination,
                    Files.isDirectory(source),
                    options.recursive(),
                    options.flags(),
                    options.cleared(),
                    options.tree(),
                    options.propagation());
        }
        if (type.equals(CGROUP_TYPE)) {
            return new MountConfig.CgroupTree(destination, options.flags(), options.tree(), options.propagation());
        }
        return new MountConfig.Filesystem(
                type, spec.source().orElse(type), destination, options.flags(), options.tree(), options.data(), options.copiesUp(), options.propagation());
    }
}
