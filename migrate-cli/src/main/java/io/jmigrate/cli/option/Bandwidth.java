package io.jmigrate.cli.option;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rates in options: bytes a second as {@code 100MiB/s}, {@code 100m} or {@code 104857600}, with the units of {@link Bytes}, or bits a second
 * as tc(8) has them, {@code 800Mbit/s} or {@code 800mbit}, whose units are powers of 1000.
 */
public final class Bandwidth {
    /** A frame of a mebibyte takes four seconds then; a peer that hears nothing for thirty gives up. */
    private static final long BYTES_MIN = 256 << 10;

    private static final String UNITS = "kmgt";
    private static final int BITS_A_BYTE = 8;
    private static final String A_SECOND = "/s";
    private static final Pattern BITS =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?) ?([kmgt]?)bit", Pattern.CASE_INSENSITIVE);

    private Bandwidth() {}

    /** @return bytes a second @throws IllegalArgumentException with a sentence, unless it is a rate of at least 256 KiB a second */
    public static long of(String text) {
        String amount = text.endsWith(A_SECOND) ? text.substring(0, text.length() - A_SECOND.length()) : text;
        Matcher bits = BITS.matcher(amount);
        long bytes = bits.matches() ? ofBits(bits) : ofBytes(text, amount);
        if (bytes < BYTES_MIN) {
            throw new IllegalArgumentException("\"" + text + "\" is less than 256KiB/s, with which no migration ends");
        }
        return bytes;
    }

    private static long ofBits(Matcher bits) {
        String unit = bits.group(2).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : 3 * (UNITS.indexOf(unit) + 1);
        BigDecimal bytes = new BigDecimal(bits.group(1))
                .scaleByPowerOfTen(power)
                .divideToIntegralValue(BigDecimal.valueOf(BITS_A_BYTE));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("\"" + bits.group() + "\" is more than there can be");
        }
        return bytes.longValue();
    }

    private static long ofBytes(String text, String amount) {
        RuntimeException why;
        try {
            long bytes = Bytes.orUnlimited(amount);
            if (bytes >= 0) {
                return bytes;
            }
            why = new IllegalArgumentException("unlimited");
        } catch (IllegalArgumentException e) {
            why = e;
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a rate such as 100MiB/s or 800Mbit/s", why);
    }
}
