package io.jmigrate.cli.option;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory in options, as runC reads them: {@code 512m}, {@code 1.5GiB}, {@code 1024}; a unit is a power of 1024. */
public final class Bytes {
    private static final String UNITS = "kmgtp";
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?) ?([kmgtp]?)i?b?", Pattern.CASE_INSENSITIVE);
    private static final String UNLIMITED = "-1";

    private Bytes() {}

    /** @throws IllegalArgumentException with a sentence, unless it is an amount or -1 for unlimited */
    public static long orUnlimited(String text) {
        if (text.equals(UNLIMITED)) {
            return -1;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not an amount such as 512m, or -1");
        }
        String unit = form.group(2).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        BigDecimal bytes = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(1L << power));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is more than there can be");
        }
        return bytes.longValue();
    }
}
