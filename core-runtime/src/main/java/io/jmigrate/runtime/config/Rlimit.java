package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.RlimitSpec;

/** A resource limit; soft and hard are unsigned, with all bits set meaning infinity. */
public record Rlimit(RlimitResource resource, long soft, long hard) {
    public static Rlimit resolve(RlimitSpec spec) {
        return new Rlimit(RlimitResource.valueOf(spec.type()), spec.soft(), spec.hard());
    }
}
