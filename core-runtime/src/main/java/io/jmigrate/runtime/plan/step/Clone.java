package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the container's first process in new namespaces (clone(2) with CLONE_PARENT). The steps that follow run in it.
 *
 * <p>With a new user namespace its maps are written from outside and the new process becomes user and group 0 inside.
 *
 * @param kinds the namespaces to make; none, to make a process in those that were joined
 * @param uidMap of the new user namespace; empty when there is none, at most 340 lines
 * @param gidMap likewise
 * @param denySetgroups whether setgroups(2) is forbidden in it for ever
 * @param uidsByProgram whether the runtime has newuidmap(1) write the map, as this process may not
 * @param gidsByProgram likewise with newgidmap(1)
 */
public record Clone(
        Set<NamespaceKind> kinds,
        List<IdMapping> uidMap,
        List<IdMapping> gidMap,
        boolean denySetgroups,
        boolean uidsByProgram,
        boolean gidsByProgram)
        implements Step {
    private static final int MAP_LINES_MAX = 340;

    public Clone {
        kinds = kinds.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        uidMap = List.copyOf(uidMap);
        gidMap = List.copyOf(gidMap);
        if (kinds.contains(NamespaceKind.TIME)) {
            throw new IllegalArgumentException("a new time namespace can't be made by clone");
        }
        if (uidMap.size() > MAP_LINES_MAX || gidMap.size() > MAP_LINES_MAX) {
            throw new IllegalArgumentException("more than " + MAP_LINES_MAX + " id mappings");
        }
    }

    /** A process in new namespaces without a new user namespace. */
    public static Clone of(Set<NamespaceKind> kinds) {
        return new Clone(kinds, List.of(), List.of(), false, false, false);
    }

    @Override
    public String describe() {
        String names = kinds.stream().map(NamespaceKind::procName).collect(Collectors.joining(", "));
        return "create the container's process" + (kinds.isEmpty() ? "" : " with new namespaces (" + names + ")");
    }
}
