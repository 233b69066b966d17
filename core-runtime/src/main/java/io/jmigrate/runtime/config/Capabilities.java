package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.CapabilitiesSpec;
import java.util.List;

/** The five capability sets of a process as masks of {@link Capability#mask()}. */
public record Capabilities(long bounding, long effective, long inheritable, long permitted, long ambient) {
    /** None at all: what a process without the field gets. */
    public static final Capabilities NONE = new Capabilities(0, 0, 0, 0, 0);

    public static Capabilities resolve(CapabilitiesSpec spec) {
        return new Capabilities(
                Capability.maskOf(spec.bounding()),
                Capability.maskOf(spec.effective()),
                Capability.maskOf(spec.inheritable()),
                Capability.maskOf(spec.permitted()),
                Capability.maskOf(spec.ambient()));
    }

    /** Only the capabilities in a mask: what a kernel without the newer ones can hold. */
    public Capabilities within(long mask) {
        return new Capabilities(bounding & mask, effective & mask, inheritable & mask, permitted & mask, ambient & mask);
    }

    /** With more in bounding, effective and permitted, as {@code exec --cap} grants them. */
    public Capabilities adding(List<String> names) {
        long mask = Capability.maskOf(names);
        return new Capabilities(bounding | mask, effective | mask, inheritable, permitted | mask, ambient);
    }
}
