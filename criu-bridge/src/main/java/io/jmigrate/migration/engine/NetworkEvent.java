package io.jmigrate.migration.engine;

import java.util.Locale;

/** What a network hook is called for. */
enum NetworkEvent {
    /** At the destination, while the container still runs at the source: whether its addresses can come here. */
    PREPARE,
    /** Its addresses come here: at the destination, where it is held; at the source again if the migration fails after that. */
    ATTACH,
    /** It runs at the destination. */
    ANNOUNCE,
    /** Its addresses leave: from the source, when it runs at the destination; from the destination, where the migration fails. */
    DETACH;

    /** As the hook reads it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
