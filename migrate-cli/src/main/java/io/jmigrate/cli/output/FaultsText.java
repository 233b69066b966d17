package io.jmigrate.cli.output;

import io.jmigrate.migration.report.FaultLatency;

/** The same for people. */
public final class FaultsText {
    private FaultsText() {}

    /** In words, after "waits:". */
    public static String of(FaultLatency faults) {
        return faults.count() == 0
                ? "none for memory that followed"
                : faults.count() + " for memory that followed: half " + Milliseconds.inWords(faults.medianNanos())
                        + " at most, 99 % " + Milliseconds.inWords(faults.p99Nanos()) + ", the longest "
                        + Milliseconds.inWords(faults.maxNanos());
    }
}
