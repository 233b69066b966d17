package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.runtime.linux.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a config gives its processes precedence over those of the host: it takes the capability by which they could have it anyway. */
final class PrecedenceCheck {
    private static final Set<String> OF_SCHEDULING = Set.of("RLIMIT_NICE", "RLIMIT_RTPRIO");

    private PrecedenceCheck() {}

    /** @param process of the config @return sentences */
    static List<String> of(JsonNode process, LandingGrants grants) {
        List<String> problems = new ArrayList<>();
        long adjustment = process.path("oomScoreAdj").asLong();
        if (adjustment < 0 && !grants.include(Capability.CAP_SYS_RESOURCE)) {
            problems.add("the config wants other programs to be killed first when memory runs out (oomScoreAdj "
                    + adjustment + "), as with CAP_SYS_RESOURCE");
        }
        for (JsonNode limit : process.path("rlimits")) {
            String type = limit.path("type").asText();
            boolean raised =
                    limit.path("hard").asLong() != 0 || limit.path("soft").asLong() != 0;
            if (OF_SCHEDULING.contains(type) && raised && !grants.include(Capability.CAP_SYS_NICE)) {
                problems.add("the config lets processes be served before others (" + type + "), as with CAP_SYS_NICE");
            }
        }
        return problems;
    }
}
