package io.jmigrate.runtime.plan.step;

/**
 * Sets the five capability sets (capabilities(7)); masks as of {@link io.jmigrate.runtime.linux.Capability#mask}. Bits that the
 * kernel doesn't know are an error (EINVAL), bits that the process can't get too (EPERM). Keep bits that the step isn't to grant
 * out of the masks. After {@link SetUser}; with another user than 0, after {@link KeepCaps} too.
 */
public record Capabilities(long bounding, long effective, long inheritable, long permitted, long ambient)
        implements Step {
    @Override
    public String describe() {
        return "set the capabilities";
    }
}
