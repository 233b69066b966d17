package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The containers that arrive together at this node at this time: those of a group have one token, so that one word lets them all run. */
final class ArrivingGroups {
    private final Map<GroupId, Members> groups = new HashMap<>();

    /** Whom one group has here. @param count of them */
    private record Members(CancelToken token, int count) {}

    /** One more arrives. @return the token of its group, or one of its own; it is to leave in the end */
    synchronized CancelToken join(Optional<GroupId> group) {
        if (group.isEmpty()) {
            return new CancelToken();
        }
        Members joined = groups.merge(
                group.get(),
                new Members(new CancelToken(), 1),
                (before, _) -> new Members(before.token(), before.count() + 1));
        return joined.token();
    }

    /** One has arrived, or will not. */
    synchronized void leave(Optional<GroupId> group) {
        group.ifPresent(id -> groups.computeIfPresent(
                id, (_, all) -> all.count() == 1 ? null : new Members(all.token(), all.count() - 1)));
    }
}
