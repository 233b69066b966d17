package io.jmigrate.criu.feature;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of CRIU. */
public record CriuVersion(int major, int minor, int sublevel) implements Comparable<CriuVersion> {
    /**
     * The oldest version that works: before 4.2 the page-server messages have 24 bytes, and a TCP socket can't be dumped on
     * kernels from 6.16 on.
     */
    public static final CriuVersion REQUIRED = new CriuVersion(4, 2, 0);

    private static final Pattern LINE = Pattern.compile("(?m)^Version:\\s*(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");
    private static final Comparator<CriuVersion> ORDER = Comparator.comparingInt(CriuVersion::major)
            .thenComparingInt(CriuVersion::minor)
            .thenComparingInt(CriuVersion::sublevel);

    /** Reads what {@code criu --version} prints; empty if it is something else. */
    public static Optional<CriuVersion> parse(String output) {
        Matcher matcher = LINE.matcher(output);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int sublevel = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return Optional.of(
                new CriuVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), sublevel));
    }

    @Override
    public int compareTo(CriuVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + (sublevel == 0 ? "" : "." + sublevel);
    }
}
