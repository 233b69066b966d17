package io.jmigrate.runtime.plan.step;

import java.util.List;

/**
 * Becomes a user for ever: setgroups(2), setresgid(2), setresuid(2). The permitted capabilities are lost unless {@link KeepCaps}
 * ran before or the user is 0.
 *
 * @param uid unsigned 32-bit, inside the user namespace
 * @param gid likewise
 * @param groups additional groups, at most 1024; none clears them
 */
public record SetUser(int uid, int gid, List<Integer> groups) implements Step {
    private static final int GROUPS_MAX = 1024;

    public SetUser {
        groups = List.copyOf(groups);
        if (groups.size() > GROUPS_MAX) {
            throw new IllegalArgumentException("more than " + GROUPS_MAX + " additional groups");
        }
    }

    @Override
    public String describe() {
        return "become user " + Integer.toUnsignedString(uid) + " and group " + Integer.toUnsignedString(gid);
    }
}
