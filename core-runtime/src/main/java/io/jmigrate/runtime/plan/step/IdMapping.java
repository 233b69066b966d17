package io.jmigrate.runtime.plan.step;

/**
 * One range of a user namespace's map (user_namespaces(7)); all values are unsigned 32-bit.
 *
 * @param containerId first id inside
 * @param hostId first id outside
 * @param size number of ids, at least 1
 */
public record IdMapping(long containerId, long hostId, long size) {
    private static final long ID_MAX = 0xffff_ffffL;

    public IdMapping {
        if (containerId < 0 || hostId < 0 || size < 1 || containerId + size > ID_MAX || hostId + size > ID_MAX) {
            throw new IllegalArgumentException("not an id mapping: " + containerId + " " + hostId + " " + size);
        }
    }
}
