package io.jmigrate.runtime.cgroup.stats;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of the time tasks of a cgroup waited for a resource (the kernel's Documentation/accounting/psi.rst).
 *
 * @param some the share of time in which at least one did
 * @param full in which all did at once
 */
public record Pressure(Share some, Share full) {
    /**
     * A share of time.
     *
     * @param avg10 of the last 10 seconds, in percent
     * @param avg60 of the last 60 seconds
     * @param avg300 of the last 300 seconds
     * @param totalMicros since the cgroup was made
     */
    public record Share(double avg10, double avg60, double avg300, long totalMicros) {
        static final Share NONE = new Share(0, 0, 0, 0);
    }

    /** Absent where the kernel does not count it, or only in version 1. */
    static Optional<Pressure> read(Texts texts, String file) {
        Share some = Share.NONE;
        Share full = Share.NONE;
        boolean found = false;
        for (String line : texts.lines(file)) {
            found = true;
            if (line.startsWith("some ")) {
                some = share(line);
            } else if (line.startsWith("full ")) {
                full = share(line);
            }
        }
        return found ? Optional.of(new Pressure(some, full)) : Optional.empty();
    }

    /** Of the form {@code some avg10=0.12 avg60=0.00 avg300=0.00 total=4711}. */
    private static Share share(String line) {
        return new Share(
                Double.parseDouble(field(line, "avg10")),
                Double.parseDouble(field(line, "avg60")),
                Double.parseDouble(field(line, "avg300")),
                Long.parseUnsignedLong(field(line, "total")));
    }

    private static String field(String line, String name) {
        return Stream.of(line.split(" "))
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst()
                .orElse("0");
    }
}
