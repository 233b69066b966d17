package io.jmigrate.cli.option;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time in options, as runC takes them: {@code 5s}, {@code 500ms}, {@code 1m30s}, {@code 1.5h}. */
public final class Interval {
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern FORM = Pattern.compile("(?:" + PART.pattern() + "){1,8}");
    private static final Map<String, Duration> UNITS = Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1000),
            "µs", Duration.ofNanos(1000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));

    /** A time from now is still one that the clock can have. */
    private static final BigDecimal NANOS_MAX =
            BigDecimal.valueOf(Duration.ofHours(100_000).toNanos());

    private Interval() {}

    /** @throws IllegalArgumentException with a sentence, unless it is a nanosecond at least, and 100000 hours at most */
    public static Duration of(String text) {
        BigDecimal nanos = BigDecimal.ZERO;
        if (FORM.matcher(text).matches()) {
            Matcher part = PART.matcher(text);
            while (part.find()) {
                BigDecimal unit = BigDecimal.valueOf(UNITS.get(part.group(2)).toNanos());
                nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            }
        }
        if (nanos.compareTo(BigDecimal.ONE) < 0 || nanos.compareTo(NANOS_MAX) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not a length of time such as 5s or 500ms");
        }
        return Duration.ofNanos(nanos.longValue());
    }
}
