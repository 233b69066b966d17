package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.MountSpec;
import java.nio.file.Path;

/** Resolves one mount. */
final class MountResolver {
    /** The type by which a config asks for the cgroup tree, whatever the host's version. */
    static final String CGROUP_TYPE = "cgroup";

    private static final String BIND_TYPE = "bind";

    private MountResolver() {}

    static MountConfig resolve(Path bundle, MountSpec spec) {
        MountOptions options = MountOptions.parse(spec.options());
        String destination = ContainerPath.clean(spec.destination());
        String type = spec.type().orElse("");
        long flags = options.flags() & ~(MountFlags.BIND | MountFlags.REC);
        if (isBind(spec)) {
            return new MountConfig.Bind(
                    bundle.resolve(spec.source().orElse("")).normalize(),
                    destination,
                    (options.flags() & MountFlags.REC) != 0,
                    flags,
                    options.cleared(),
                    options.propagation());
        }
        if (type.equals(CGROUP_TYPE)) {
            return new MountConfig.CgroupTree(destination, flags, options.propagation());
        }
        return new MountConfig.Filesystem(
                type, spec.source().orElse(type), destination, flags, options.data(), options.propagation());
    }

    static boolean isBind(MountSpec spec) {
        return spec.type().filter(BIND_TYPE::equals).isPresent()
                || MountOptions.parse(spec.options()).isBind();
    }
}
