package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.journal.GroupReport;

/** What a group of containers took as a whole, to be shown. */
public record GroupFacts(GroupReport report) {
    /** In a line. */
    public String line() {
        String still = report.downtimeNanos()
                .map(nanos -> ", stood still together for " + Milliseconds.inWords(nanos))
                .orElse("");
        return "group " + report.group() + ": " + report.containers().size() + " containers" + still + ", total "
                + Milliseconds.inWords(report.totalNanos()) + ", " + ByteSize.inWords(report.bytes()) + " sent";
    }

    /** For programs. */
    public ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("group", report.group().value())
                .put("total_ms", Milliseconds.of(report.totalNanos()));
        report.downtimeNanos().ifPresent(nanos -> tree.put("downtime_ms", Milliseconds.of(nanos)));
        return tree.put("bytes", report.bytes());
    }
}
