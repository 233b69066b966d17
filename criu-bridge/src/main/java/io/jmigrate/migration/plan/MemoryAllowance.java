package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether a container brings no more memory than one may have, and can't take more afterwards. */
public final class MemoryAllowance {
    private static final long MIB = 1L << 20;

    private MemoryAllowance() {}

    /** @param config parsed config.json @return sentences, empty if it may land */
    public static List<String> problems(JsonNode config, ContainerSize size, LandingPolicy policy) {
        List<String> problems = new ArrayList<>();
        policy.memoryBytesMax().ifPresent(most -> {
            long has =
                    Math.min(size.memoryBytes(), Long.MAX_VALUE / 2) + Math.min(size.mountBytes(), Long.MAX_VALUE / 2);
            if (has > most) {
                problems.add("the container has " + mib(has) + " of memory, and may have " + mib(most));
            }
            long limit = config.path("linux")
                    .path("resources")
                    .path("memory")
                    .path("limit")
                    .asLong();
            if (limit <= 0) {
                problems.add("the config sets no limit of memory, and may let the container use " + mib(most));
            } else if (limit > most) {
                problems.add("the config lets the container use " + mib(limit) + " of memory, and may let it use "
                        + mib(most));
            }
        });
        return problems;
    }

    private static String mib(long bytes) {
        return Math.ceilDiv(bytes, MIB) + " MiB";
    }
}
