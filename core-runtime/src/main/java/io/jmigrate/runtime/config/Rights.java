package io.jmigrate.runtime.config;

import java.util.List;

/**
 * What the user who makes containers may do on this host.
 *
 * @param uid who it is, unsigned; 0 is root, which may be that of a user namespace alone
 * @param gid the user's group, unsigned
 * @param overHost whether it is root of the host, and not of a user namespace
 * @param cgroupOptional whether containers do without a cgroup of their own where the user may not make one
 */
public record Rights(long uid, long gid, boolean overHost, boolean cgroupOptional) {
    /** Those of root. */
    public static final Rights ROOT = new Rights(0, 0, true, false);

    /** Whether it has no privileges but in user namespaces that it makes. */
    public boolean isOrdinary() {
        return uid != 0;
    }

    /**
     * Whether the user may write this map of a user namespace without help (user_namespaces(7)): an ordinary one maps its own id alone.
     *
     * @param own the user's id, or the group's
     */
    public boolean mayMap(List<IdMapping> map, long own) {
        return !isOrdinary()
                || map.size() == 1
                        && map.getFirst().hostId() == own
                        && map.getFirst().size() == 1;
    }

    /** The same with another word on cgroups. */
    public Rights withCgroupOptional(boolean optional) {
        return new Rights(uid, gid, overHost, optional);
    }
}
