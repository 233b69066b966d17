package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.request.DumpRequest;
import io.jmigrate.criu.request.TreeOptions;

/**
 * What a dump may leave out, or take along, of what would be an obstacle without that.
 *
 * @param losesUnaccepted whether TCP connections that no process has accepted yet may be lost
 * @param deletedFileBytes that a deleted file which is open may hold
 */
public record DumpAllowance(boolean losesUnaccepted, long deletedFileBytes) {
    /** If nothing is said. */
    public static final DumpAllowance NONE = new DumpAllowance(false, DumpRequest.DELETED_FILE_BYTES_MAX);

    /** @param config which counts more than the options */
    public static DumpAllowance of(TreeOptions options, CriuConfig config) {
        return new DumpAllowance(
                options.tcpSkipInFlight() || config.value("skip-in-flight").isPresent(),
                config.value("ghost-limit").map(DumpAllowance::bytes).orElse(NONE.deletedFileBytes()));
    }

    /** As CRIU reads sizes: a number, and K, M or G anywhere behind it (criu/config.c, parse_size). */
    static long bytes(String text) {
        String digits = text.replaceFirst("^\\s*\\+?(\\d{0,12}).*", "$1");
        long number = digits.isEmpty() ? 0 : Long.parseLong(digits);
        int shift = text.contains("K") ? 10 : text.contains("M") ? 20 : text.contains("G") ? 30 : 0;
        return number << shift;
    }
}
