package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.audit.AuditEvent.Party;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The containers that arrive together at this node at this time, by their group and by who sends them: another peer may know a group's name. */
final class ArrivingGroups {
    private final Map<Key, Fellows> groups = new HashMap<>();

    /** @param sender fingerprint of its certificate; empty where there are no certificates */
    private record Key(String sender, GroupId group) {}

    /** One more arrives. @return it and those that arrive with it; it is to leave in the end */
    synchronized Fellows join(Party sender, Optional<GroupId> group) {
        if (group.isEmpty()) {
            return Fellows.alone();
        }
        Fellows fellows = groups.computeIfAbsent(key(sender, group.get()), _ -> new Fellows());
        fellows.join();
        return fellows;
    }

    /** One has arrived, or will not. */
    synchronized void leave(Party sender, Optional<GroupId> group) {
        group.ifPresent(
                id -> groups.computeIfPresent(key(sender, id), (_, fellows) -> fellows.leave() ? null : fellows));
    }

    private static Key key(Party sender, GroupId group) {
        return new Key(sender.fingerprint(), group);
    }
}
