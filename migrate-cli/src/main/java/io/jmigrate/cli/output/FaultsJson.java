package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.report.FaultLatency;

/** How long programs have waited for memory that followed them, for programs. */
public final class FaultsJson {
    private FaultsJson() {}

    /** An object with the number of waits, and milliseconds. */
    public static ObjectNode of(FaultLatency faults) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", faults.count())
                .put("median_ms", Milliseconds.of(faults.medianNanos()))
                .put("p99_ms", Milliseconds.of(faults.p99Nanos()))
                .put("max_ms", Milliseconds.of(faults.maxNanos()));
    }
}
