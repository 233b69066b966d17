package io.jmigrate.archive.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Devices that engines let every container use: those of the runtime specification, terminals, and the making of nodes. */
final class UsualDevices {
    private static final Set<String> NUMBERS = Set.of("1:3", "1:5", "1:7", "1:8", "1:9", "5:0", "5:1", "5:2");
    private static final long PTS_MAJOR = 136;

    private UsualDevices() {}

    /** Whether a rule that allows something allows no more than these. */
    static boolean include(JsonNode rule) {
        String access = rule.path("access").asText();
        if (access.equals("m")) {
            return true; // a node that can be made can't be opened
        }
        if (!rule.path("type").asText().equals("c")) {
            return false;
        }
        return rule.path("major").asLong(-1) == PTS_MAJOR
                || NUMBERS.contains(
                        rule.path("major").asLong(-1) + ":" + rule.path("minor").asLong(-1));
    }
}
