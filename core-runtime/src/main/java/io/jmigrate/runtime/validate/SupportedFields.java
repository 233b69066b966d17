package io.jmigrate.runtime.validate;

/** Which fields of the specification are acted on, rather than refused when they are given. */
public final class SupportedFields {
    private SupportedFields() {}

    /**
     * @param parent of the field, for example {@code linux.resources}; {@code mounts} for a field of each mount
     * @param name for example {@code rdma}
     */
    public static boolean has(String parent, String name) {
        return !UnsupportedFields.of(parent).contains(name);
    }
}
