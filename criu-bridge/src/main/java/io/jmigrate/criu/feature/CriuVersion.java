package io.jmigrate.criu.feature;

import java.util.Comparator;

/** A version of CRIU. */
public record CriuVersion(int major, int minor, int sublevel) implements Comparable<CriuVersion> {
    /**
     * The oldest version that works: before 4.2 the page-server messages have 24 bytes, and a TCP socket can't be dumped on
     * kernels from 6.16 on.
     */
    public static final CriuVersion REQUIRED = new CriuVersion(4, 2, 0);

    private static final Comparator<CriuVersion> ORDER = Comparator.comparingInt(CriuVersion::major)
            .thenComparingInt(CriuVersion::minor)
            .thenComparingInt(CriuVersion::sublevel);

    /** Whether this program can work with it. */
    public boolean isUsable() {
        return compareTo(REQUIRED) >= 0;
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
