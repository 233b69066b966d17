package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.OciNamed;
import io.jmigrate.runtime.linux.RlimitResource;
import io.jmigrate.runtime.spec.RlimitSpec;
import java.util.Optional;

/** A resource limit; soft and hard are unsigned, with all bits set meaning infinity. */
public record Rlimit(RlimitResource resource, long soft, long hard) {
    public static Rlimit resolve(RlimitSpec spec) {
        RlimitResource resource = resourceNamed(spec.type())
                .orElseThrow(() -> new IllegalArgumentException("not a resource: " + spec.type()));
        return new Rlimit(resource, spec.soft(), spec.hard());
    }

    /** The resource of a name such as {@code RLIMIT_NOFILE}. */
    public static Optional<RlimitResource> resourceNamed(String name) {
        return OciNamed.find(RlimitResource.values(), name);
    }
}
