package io.jmigrate.runtime.config;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Lists of processors and of memory nodes as the kernel writes them, for example {@code 0-3,7}. */
public final class NumberList {
    /** Numbers are below it. */
    public static final int LIMIT = 8192;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

    private NumberList() {}

    /** The numbers in order; empty for a text that is no such list. */
    public static Optional<List<Integer>> parse(String text) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            var range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first || last >= LIMIT) {
                return Optional.empty();
            }
            IntStream.rangeClosed(first, last).forEach(numbers::add);
        }
        return Optional.of(List.copyOf(numbers));
    }
}
