package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The containers that arrive together at this node at this time, by their group. */
final class ArrivingGroups {
    private final Map<GroupId, Fellows> groups = new HashMap<>();

    /** One more arrives. @return it and those that arrive with it; it is to leave in the end */
    synchronized Fellows join(Optional<GroupId> group) {
        if (group.isEmpty()) {
            return Fellows.alone();
        }
        Fellows fellows = groups.computeIfAbsent(group.get(), _ -> new Fellows());
        fellows.join();
        return fellows;
    }

    /** One has arrived, or will not. */
    synchronized void leave(Optional<GroupId> group) {
        group.ifPresent(id -> groups.computeIfPresent(id, (_, fellows) -> fellows.leave() ? null : fellows));
    }
}
