package io.jmigrate.migration.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares releases of Linux as uname(2) tells them, such as {@code 6.18.5-amd64}. */
final class KernelRelease {
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");
    private static final long MINORS_MAX = 1_000_000;

    private KernelRelease() {}

    /** Whether a series is older than another: what comes after the second number makes no difference, nor does what is no release. */
    static boolean isOlder(String release, String than) {
        long one = series(release);
        long other = series(than);
        return one >= 0 && other >= 0 && one < other;
    }

    private static long series(String release) {
        Matcher matcher = RELEASE.matcher(release);
        return matcher.matches()
                ? Long.parseLong(matcher.group(1)) * MINORS_MAX + Long.parseLong(matcher.group(2))
                : -1;
    }
}
