package io.jmigrate.cli.output;

import java.util.Locale;

/** Sizes as people read them. */
public final class ByteSize {
    private ByteSize() {}

    /** In the largest unit of 1024 of which there is one: {@code 1.5 MiB}. */
    public static String inWords(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double value = bytes / Math.pow(1024, power);
        return String.format(Locale.ROOT, value < 10 ? "%.1f %siB" : "%.0f %siB", value, " KMGTPE".charAt(power));
    }
}
