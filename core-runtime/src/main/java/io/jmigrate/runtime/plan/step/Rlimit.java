package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.RlimitResource;

/**
 * Limits a resource (setrlimit(2)). Raising a hard limit needs CAP_SYS_RESOURCE.
 *
 * @param soft unsigned, in the resource's unit; {@link RlimitResource#INFINITY} is no limit
 * @param hard unsigned, at least {@code soft}
 */
public record Rlimit(RlimitResource resource, long soft, long hard) implements Step {
    @Override
    public String describe() {
        return "set " + resource.ociName() + " to " + text(soft) + ":" + text(hard);
    }

    private static String text(long limit) {
        return limit == RlimitResource.INFINITY ? "unlimited" : Long.toUnsignedString(limit);
    }
}
