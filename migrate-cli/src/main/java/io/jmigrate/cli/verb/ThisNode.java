package io.jmigrate.cli.verb;

import io.jmigrate.migration.engine.MigrationHost;

/** The node that a command runs on. */
final class ThisNode {
    private ThisNode() {}

    static MigrationHost of(Session session) {
        return new MigrationHost(
                session.root(), session.containers(), session.invocation().launcher(), session.criu());
    }
}
