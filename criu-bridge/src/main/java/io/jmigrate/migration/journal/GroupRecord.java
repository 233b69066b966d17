package io.jmigrate.migration.journal;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The source's decision that a group goes. It binds every member, whatever the member's own journal has come to.
 *
 * @param members their migrations
 */
public record GroupRecord(GroupId group, List<MigrationId> members, Instant decidedAt) {
    public GroupRecord {
        Objects.requireNonNull(group);
        members = List.copyOf(members);
        Objects.requireNonNull(decidedAt);
    }
}
